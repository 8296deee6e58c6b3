// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/loss_scaler.h"

#include <vector>

#include "ATen/ops/_amp_foreach_non_finite_check_and_unscale.h"
#include "ATen/ops/_amp_update_scale.h"
#include "ATen/ops/full.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"

namespace cxr {

LossScaler::LossScaler(const LossScalerOptions& options, c10::Device device)
    : options_(options),
      scale_(at::full({}, options.initial,
                      at::TensorOptions(device).dtype(at::kFloat))),
      good_steps_(at::zeros({}, at::TensorOptions(device).dtype(at::kInt))) {
  TORCH_CHECK(options.initial > 0 && options.growth > 1 &&
                  options.backoff > 0 && options.backoff < 1 &&
                  options.growth_interval >= 1,
              "loss scaler: initial ", options.initial, ", growth ",
              options.growth, ", backoff ", options.backoff, ", interval ",
              options.growth_interval, " are out of range");
}

at::Tensor LossScaler::Unscale(ParameterStore& store) const {
  const c10::NoGradGuard no_grad;
  std::vector<at::Tensor> gradients;
  for (const ParameterBlock& block : store.blocks()) {
    TORCH_CHECK(block.gradients.defined(),
                "loss scaler: a store without gradients");
    gradients.push_back(block.gradients);
  }
  at::Tensor found_inf = at::zeros({}, scale_.options());
  const at::Tensor inverse =
      scale_.to(at::kDouble).reciprocal_().to(at::kFloat);
  at::_amp_foreach_non_finite_check_and_unscale_(gradients, found_inf, inverse);
  return found_inf;
}

void LossScaler::Update(const at::Tensor& found_inf) {
  const c10::NoGradGuard no_grad;
  at::_amp_update_scale_(scale_, good_steps_, found_inf, options_.growth,
                         options_.backoff, options_.growth_interval);
}

}  // namespace cxr
