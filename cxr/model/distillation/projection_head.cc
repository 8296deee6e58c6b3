// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/projection_head.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "ATen/ops/_weight_norm.h"
#include "ATen/ops/empty.h"
#include "ATen/ops/gelu.h"
#include "ATen/ops/linalg_vector_norm.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/match.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

// dinov2/layers/dino_head.py, _init_weights.
constexpr double kLinearStd = 0.02;
constexpr double kLinearCut = 2;

double CutNormal(const CounterRng& rng, uint64_t index) {
  const double value = kLinearStd * rng.Normal(index);
  return std::min(std::max(value, -kLinearCut), kLinearCut);
}

}  // namespace

ProjectionHeadImpl::ProjectionHeadImpl(const ProjectionHeadOptions& options)
    : options_(options) {
  TORCH_CHECK(options.input_width >= 1 && options.layers >= 1 &&
                  options.hidden_width >= 1 && options.bottleneck_width >= 1 &&
                  options.prototypes >= 1,
              "projection head: no size may be below 1");
  const auto make_layer = [&](int64_t i) {
    const int64_t in = i == 0 ? options.input_width : options.hidden_width;
    const int64_t out = i == options.layers - 1 ? options.bottleneck_width
                                                : options.hidden_width;
    return layers_.emplace_back(std::vector<int64_t>{out, in});
  };
  if (options.layers == 1) {
    register_module("mlp", make_layer(0));
  } else {
    const auto mlp =
        register_module("mlp", std::make_shared<torch::nn::Module>());
    // The reference counts the GELUs between the layers too.
    for (int64_t i = 0; i < options.layers; ++i) {
      mlp->register_module(std::to_string(2 * i), make_layer(i));
    }
  }
  const auto last =
      register_module("last_layer", std::make_shared<torch::nn::Module>());
  weight_g_ =
      last->register_parameter("weight_g", at::zeros({options.prototypes, 1}));
  weight_v_ = last->register_parameter(
      "weight_v", at::zeros({options.prototypes, options.bottleneck_width}));
}

at::Tensor ProjectionHeadImpl::Bottleneck(const at::Tensor& x) {
  at::Tensor y = at::linear(x, layers_[0]->weight, layers_[0]->bias);
  for (size_t i = 1; i < layers_.size(); ++i) {
    y = at::linear(at::gelu(y), layers_[i]->weight, layers_[i]->bias);
  }
  // Lengths are taken in float32 at least, and rounded once at the end.
  const at::ScalarType type =
      y.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  const at::Tensor lengths =
      at::linalg_vector_norm(y, 2, at::IntArrayRef{-1}, /*keepdim=*/true, type)
          .clamp_min(options_.normalization_epsilon);  // (n, 1)
  return (y / lengths).to(y.scalar_type());
}

at::Tensor ProjectionHeadImpl::Prototypes() const {
  if (weight_v_.scalar_type() != at::kHalf) {
    return at::_weight_norm(weight_v_, weight_g_, /*dim=*/0);
  }
  // Lengths in float32.
  return at::_weight_norm(weight_v_.to(at::kFloat), weight_g_.to(at::kFloat),
                          /*dim=*/0);
}

at::Tensor ProjectionHeadImpl::forward(const at::Tensor& x) {
  const at::Tensor bottleneck = Bottleneck(x);
  return at::linear(bottleneck, Prototypes().to(bottleneck.scalar_type()));
}

void FillProjectionHead(ProjectionHeadImpl& head, uint64_t seed) {
  const c10::NoGradGuard no_grad;
  for (const auto& parameter : head.named_parameters()) {
    const std::string& name = parameter.key();
    at::Tensor tensor = parameter.value();
    if (absl::EndsWith(name, ".bias")) {
      tensor.zero_();
      continue;
    }
    if (absl::EndsWith(name, ".weight_g")) {
      tensor.fill_(1);
      continue;
    }
    const CounterRng rng(seed, name);
    const bool linear = absl::EndsWith(name, ".weight");
    const double bound = 1 / std::sqrt(static_cast<double>(tensor.size(1)));
    at::Tensor drawn = at::empty(tensor.sizes(), at::kFloat);
    float* const values = drawn.mutable_data_ptr<float>();
    for (int64_t i = 0; i < drawn.numel(); ++i) {
      const uint64_t index = static_cast<uint64_t>(i);
      values[i] =
          static_cast<float>(linear ? CutNormal(rng, index)
                                    : bound * (2 * rng.Uniform(index) - 1));
    }
    tensor.copy_(drawn);
  }
}

}  // namespace cxr
