// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/logits.h"

#include "ATen/ops/addmm.h"
#include "ATen/ops/mm.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "c10/core/impl/LocalDispatchKeySet.h"
#include "c10/util/Exception.h"

namespace cxr {

at::ScalarType SumType(at::ScalarType type) {
  return type == at::kDouble ? at::kDouble : at::kFloat;
}

at::Tensor PrototypeLogits(const at::Tensor& features,
                           const at::Tensor& prototypes,
                           const at::Tensor& center, double temperature) {
  const c10::NoGradGuard no_grad;
  const c10::impl::ExcludeDispatchKeyGuard no_autocast(
      c10::autocast_dispatch_keyset);
  TORCH_CHECK(features.dim() == 2 && prototypes.dim() == 2 &&
                  features.size(1) == prototypes.size(1),
              "prototype logits: expected features (n, D) and prototypes "
              "(K, D), got ",
              features.sizes(), " and ", prototypes.sizes());
  TORCH_CHECK(temperature > 0, "prototype logits: temperature ", temperature,
              " is not above 0");
  const at::ScalarType type = SumType(features.scalar_type());
  const at::Tensor columns =
      prototypes.to(features.scalar_type()).t();  // (D, K)
  const bool same_type = type == features.scalar_type();
  if (!same_type && !features.is_cuda()) {
    // No product of the CPU takes reduced types and gives float32.
    at::Tensor logits = at::mm(features, columns).to(type);
    if (center.defined()) logits.sub_(center);
    return logits.div_(temperature);
  }
  // Scaled and centred by the product, to save passes over (n, K).
  const double scale = 1 / temperature;
  const double center_scale = center.defined() ? -scale : 0;
  const at::Tensor bias = center.defined()
                              ? center
                              : at::zeros({1}, features.options().dtype(type));
  return same_type
             ? at::addmm(bias, features, columns, center_scale, scale)
             : at::addmm(bias, features, columns, type, center_scale, scale);
}

}  // namespace cxr
