// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_LOGITS_H_
#define CXR_MODEL_DISTILLATION_LOGITS_H_

#include "ATen/core/Tensor.h"

// What student and teacher both make of features and prototypes.

namespace cxr {

// The type of softmax and sums over features of `type`: float64 for float64,
// float32 for all others.
at::ScalarType SumType(at::ScalarType type);

// (features prototypes^T - center) / temperature (n, K), of features (n, D),
// prototypes (K, D) and center (K) or none. The product is in the type of
// `features`, to which prototypes are converted; the answer and `center` are of
// SumType. Autocast changes nothing. A fresh tensor, without gradient.
// c10::Error if sizes do not fit or the temperature is not above 0.
at::Tensor PrototypeLogits(const at::Tensor& features,
                           const at::Tensor& prototypes,
                           const at::Tensor& center, double temperature);

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_LOGITS_H_
