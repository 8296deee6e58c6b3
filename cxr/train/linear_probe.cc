// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/linear_probe.h"

#include <cmath>

#include "ATen/ops/_fused_adamw.h"
#include "ATen/ops/binary_cross_entropy_with_logits.h"
#include "ATen/ops/linalg_vector_norm.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/mm.h"
#include "ATen/ops/sum.h"
#include "ATen/ops/zeros.h"
#include "ATen/ops/zeros_like.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

constexpr double kConstantStd = 1e-6;
// torch.nn.utils.clip_grad_norm_.
constexpr double kClipEpsilon = 1e-6;

void CheckMatrix(const at::Tensor& tensor, const char* name) {
  TORCH_CHECK(tensor.dim() == 2 && tensor.scalar_type() == at::kFloat,
              "linear probe: expected ", name, " (n, columns) float32, got ",
              tensor.sizes(), " ", tensor.scalar_type());
}

void CheckOptions(const LinearProbeOptions& options) {
  TORCH_CHECK(options.learning_rate > 0 && options.weight_decay >= 0 &&
                  options.epsilon > 0 && options.beta1 >= 0 &&
                  options.beta1 < 1 && options.beta2 >= 0 &&
                  options.beta2 < 1 && options.max_gradient_norm >= 0,
              "linear probe: learning rate ", options.learning_rate,
              ", weight decay ", options.weight_decay, ", epsilon ",
              options.epsilon, ", betas ", options.beta1, " and ",
              options.beta2, ", largest gradient ", options.max_gradient_norm,
              " are out of range");
}

}  // namespace

at::Tensor LinearProbe::Logits(const at::Tensor& features) const {
  return at::linear(features, weight, bias);
}

LinearProbe InitLinearProbe(int64_t features, int64_t labels,
                            const LinearProbeOptions& options) {
  const CounterRng rng(options.seed, "linear_probe.weight");
  LinearProbe probe = {.weight = at::zeros({labels, features}),
                       .bias = at::zeros({labels})};
  float* const weight = probe.weight.mutable_data_ptr<float>();
  for (int64_t i = 0; i < probe.weight.numel(); ++i) {
    weight[i] = static_cast<float>(options.weight_init_std *
                                   rng.Normal(static_cast<uint64_t>(i)));
  }
  return probe;
}

LinearProbeTrainer::LinearProbeTrainer(const LinearProbe& start,
                                       const LinearProbeOptions& options)
    : options_(options),
      probe_{.weight = start.weight.clone(), .bias = start.bias.clone()},
      parameters_{probe_.weight, probe_.bias} {
  CheckOptions(options);
  for (const at::Tensor& parameter : parameters_) {
    gradients_.push_back(at::zeros_like(parameter));
    first_moments_.push_back(at::zeros_like(parameter));
    second_moments_.push_back(at::zeros_like(parameter));
    steps_taken_.push_back(at::zeros({}));
  }
}

void LinearProbeTrainer::Clip() {
  if (options_.max_gradient_norm == 0) return;
  const double norm =
      std::hypot(at::linalg_vector_norm(gradients_[0]).item<double>(),
                 at::linalg_vector_norm(gradients_[1]).item<double>());
  const double factor = options_.max_gradient_norm / (norm + kClipEpsilon);
  if (factor >= 1) return;
  for (at::Tensor& gradient : gradients_) gradient.mul_(factor);
}

double LinearProbeTrainer::Step(const at::Tensor& features,
                                const at::Tensor& labels) {
  const c10::NoGradGuard no_grad;
  CheckMatrix(features, "features");
  CheckMatrix(labels, "labels");
  const at::Tensor ignored = labels.isnan();  // (n, L)
  const int64_t count = labels.numel() - ignored.sum().item<int64_t>();
  if (count == 0) return 0;
  const at::Tensor targets = labels.masked_fill(ignored, 0);
  const at::Tensor logits = probe_.Logits(features);  // (n, L)
  const double loss = at::binary_cross_entropy_with_logits(
                          logits, targets, /*weight=*/{},
                          /*pos_weight=*/{}, at::Reduction::None)
                          .masked_fill_(ignored, 0)
                          .sum()
                          .item<double>() /
                      static_cast<double>(count);
  const at::Tensor error = logits.sigmoid()
                               .sub_(targets)
                               .div_(static_cast<double>(count))
                               .masked_fill_(ignored, 0);  // (n, L)
  at::mm_out(gradients_[0], error.t(), features);          // (L, F)
  at::sum_out(gradients_[1], error, 0);                    // (L)
  Clip();
  for (at::Tensor& steps : steps_taken_) steps.add_(1);
  at::_fused_adamw_(parameters_, gradients_, first_moments_, second_moments_,
                    /*max_exp_avg_sqs=*/{}, steps_taken_,
                    options_.learning_rate, options_.beta1, options_.beta2,
                    options_.weight_decay, options_.epsilon, /*amsgrad=*/false,
                    /*maximize=*/false);
  return loss;
}

std::vector<at::Tensor> LinearProbeTrainer::State() const {
  std::vector<at::Tensor> state = parameters_;
  for (const std::vector<at::Tensor>* more :
       {&first_moments_, &second_moments_, &steps_taken_}) {
    state.insert(state.end(), more->begin(), more->end());
  }
  return state;
}

at::Tensor FeatureScaling::Apply(const at::Tensor& features) const {
  return features.sub(mean).mul_(inverse_std);
}

FeatureScaling FitScaling(const at::Tensor& features) {
  CheckMatrix(features, "features");
  TORCH_CHECK(features.size(0) >= 1, "feature scaling: no rows");
  const at::Tensor values = features.to(at::kDouble);
  const at::Tensor std = values.std(0, /*unbiased=*/false);
  const at::Tensor inverse =
      std.reciprocal().masked_fill_(std.lt(kConstantStd), 0);
  return {.mean = values.mean(0).to(at::kFloat),
          .inverse_std = inverse.to(at::kFloat)};
}

}  // namespace cxr
