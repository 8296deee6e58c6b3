// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/fine_tuner.h"

#include "ATen/ops/binary_cross_entropy_with_logits.h"
#include "ATen/ops/linear.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

constexpr char kUnit[] = "model";  // all gradients are clipped together

double DecayFactor(const at::Tensor& parameter) {
  return parameter.dim() > 1 ? 1 : 0;
}

at::Tensor Trained(const at::Tensor& start, at::Device device) {
  return start
      .to(device, start.scalar_type(), /*non_blocking=*/false,
          /*copy=*/true)
      .set_requires_grad(true);
}

at::Device DeviceOf(const std::vector<NamedParameter>& parameters) {
  TORCH_CHECK(!parameters.empty(), "fine-tuning: there is nothing to train");
  return parameters[0].tensor.device();
}

std::vector<NamedParameter> WithHead(std::vector<NamedParameter> parameters,
                                     const at::Tensor& weight,
                                     const at::Tensor& bias,
                                     const FineTunerOptions& options) {
  const double factor =
      options.backbone_learning_rate / options.head.learning_rate;
  for (NamedParameter& parameter : parameters) {
    parameter.rule = {.learning_rate_factor = factor,
                      .weight_decay_factor = DecayFactor(parameter.tensor),
                      .clip_unit = kUnit};
  }
  parameters.push_back(
      {.name = "head.weight", .tensor = weight, .rule = {.clip_unit = kUnit}});
  parameters.push_back(
      {.name = "head.bias",
       .tensor = bias,
       .rule = {.weight_decay_factor = 0, .clip_unit = kUnit}});
  return parameters;
}

}  // namespace

FineTuner::FineTuner(std::vector<NamedParameter> backbone, Features features,
                     const LinearProbe& head, const FineTunerOptions& options)
    : options_(options),
      features_(std::move(features)),
      weight_(Trained(head.weight, DeviceOf(backbone))),
      bias_(Trained(head.bias, DeviceOf(backbone))),
      store_(WithHead(std::move(backbone), weight_, bias_, options),
             /*gradients=*/true),
      optimizer_(store_, {.beta1 = options.head.beta1,
                          .beta2 = options.head.beta2,
                          .epsilon = options.head.epsilon}) {}

double FineTuner::Step(const at::Tensor& images, const at::Tensor& labels) {
  const at::Tensor ignored = labels.isnan();  // (n, L)
  const int64_t count = labels.numel() - ignored.sum().item<int64_t>();
  if (count == 0) return 0;
  store_.ZeroGradients();
  const at::Tensor logits = at::linear(features_(images), weight_, bias_);
  const at::Tensor loss =
      at::binary_cross_entropy_with_logits(
          logits, labels.masked_fill(ignored, 0), /*weight=*/{},
          /*pos_weight=*/{}, at::Reduction::None)
          .masked_fill(ignored, 0)
          .sum()
          .div(static_cast<double>(count));
  loss.backward();
  const c10::NoGradGuard no_grad;
  ClipGradients(store_, options_.head.max_gradient_norm);
  optimizer_.Step(store_, {.learning_rate = options_.head.learning_rate,
                           .weight_decay = options_.head.weight_decay});
  return loss.item<double>();
}

at::Tensor FineTuner::Logits(const at::Tensor& images) const {
  const c10::NoGradGuard no_grad;
  return at::linear(features_(images), weight_, bias_);
}

LinearProbe FineTuner::head() const {
  return {.weight = weight_.detach().to(at::kCPU).clone(),
          .bias = bias_.detach().to(at::kCPU).clone()};
}

std::vector<std::pair<std::string, at::Tensor>> FineTuner::State() {
  std::vector<std::pair<std::string, at::Tensor>> state;
  for (size_t i = 0; i < store_.blocks().size(); ++i) {
    AdamW::BlockState& moments = optimizer_.state()[i];
    state.emplace_back(absl::StrCat("values.", i), store_.blocks()[i].values);
    state.emplace_back(absl::StrCat("first_moments.", i),
                       moments.first_moments);
    state.emplace_back(absl::StrCat("second_moments.", i),
                       moments.second_moments);
    state.emplace_back(absl::StrCat("optimizer_steps.", i), moments.steps);
  }
  return state;
}

}  // namespace cxr
