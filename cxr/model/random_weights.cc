// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/random_weights.h"

#include <cmath>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "c10/util/Exception.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

constexpr double kTokenStd = 1e-6;

// How one parameter is drawn.
struct Rule {
  enum class Kind { kConstant, kNormal, kUniform };
  Kind kind;
  double scale;  // The constant, the standard deviation or the bound.
};

// The bound of torch's convolution: 1 / sqrt(pixels of a patch).
double PatchProjectionBound(const torch::nn::Module& module) {
  for (const auto& parameter : module.named_parameters()) {
    if (!absl::EndsWith(parameter.key(), "patch_embed.proj.weight")) continue;
    const at::Tensor& weight = parameter.value();
    return 1 / std::sqrt(static_cast<double>(weight[0].numel()));
  }
  TORCH_CHECK(false, "random weights: no patch_embed.proj.weight");
}

// Whether the parameter belongs to a module called norm, norm1 or norm2.
bool IsNorm(absl::string_view name) {
  const size_t field = name.rfind('.');
  if (field == absl::string_view::npos) return false;
  const absl::string_view module = name.substr(0, field);
  return absl::StartsWith(module.substr(module.rfind('.') + 1), "norm");
}

// DINOv2 cuts the normals at +-2, a hundred of its standard deviations: no
// value that CounterRng can draw (8.6) reaches the cut, so there is none here.
// With the larger deviations that the options allow, values beyond 2 stay.
Rule RuleFor(const std::string& name, const torch::nn::Module& module,
             const RandomWeightsOptions& options) {
  using Kind = Rule::Kind;
  if (absl::StrContains(name, "patch_embed.proj.")) {
    return {Kind::kUniform, PatchProjectionBound(module)};
  }
  if (absl::EndsWith(name, "cls_token") ||
      absl::EndsWith(name, "register_tokens")) {
    return {Kind::kNormal, kTokenStd};
  }
  if (absl::EndsWith(name, "mask_token")) return {Kind::kConstant, 0};
  if (absl::EndsWith(name, "pos_embed"))
    return {Kind::kNormal, options.position_std};
  if (absl::EndsWith(name, ".gamma")) {
    return {Kind::kConstant, options.layer_scale_init};
  }
  if (absl::EndsWith(name, ".bias")) return {Kind::kConstant, 0};
  if (absl::EndsWith(name, ".weight")) {
    return IsNorm(name) ? Rule{Kind::kConstant, 1}
                        : Rule{Kind::kNormal, options.linear_std};
  }
  TORCH_CHECK(false, "random weights: no rule for parameter ", name);
}

double Draw(const Rule& rule, const CounterRng& rng, uint64_t index) {
  switch (rule.kind) {
    case Rule::Kind::kConstant:
      return rule.scale;
    case Rule::Kind::kNormal:
      return rule.scale * rng.Normal(index);
    case Rule::Kind::kUniform:
      return rule.scale * (2 * rng.Uniform(index) - 1);
  }
  TORCH_CHECK(false, "random weights: unknown kind");
}

}  // namespace

void FillRandomWeights(torch::nn::Module& module,
                       const RandomWeightsOptions& options) {
  for (const auto& parameter : module.named_parameters()) {
    const at::Tensor& tensor = parameter.value();
    TORCH_CHECK(tensor.is_contiguous(), "random weights: ", parameter.key(),
                " is not contiguous");
    const Rule rule = RuleFor(parameter.key(), module, options);
    const CounterRng rng(options.seed, parameter.key());
    float* const values = tensor.mutable_data_ptr<float>();
    for (int64_t i = 0; i < tensor.numel(); ++i) {
      values[i] = static_cast<float>(Draw(rule, rng, static_cast<uint64_t>(i)));
    }
  }
}

}  // namespace cxr
