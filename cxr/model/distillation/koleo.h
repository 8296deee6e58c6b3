// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_KOLEO_H_
#define CXR_MODEL_DISTILLATION_KOLEO_H_

#include <cstdint>

#include "ATen/core/Tensor.h"

namespace cxr {

// The Kozachenko-Leonenko regulariser, which spreads class tokens (n, C): each
// is made unit length, its nearest other in its group of `group_rows` rows is
// looked for by dot product, and the mean over all rows of -log(distance +
// epsilon) is returned (dinov2/loss/koleo_loss.py). In float32 at least,
// whatever the type of the tokens. n is a multiple of group_rows, which is 2
// or more: c10::Error else. Lengths below 1e-8 count as 1e-8, and epsilon is
// also added to each coordinate's difference, as torch's pairwise_distance
// does.
at::Tensor KoleoLoss(const at::Tensor& tokens, int64_t group_rows,
                     double epsilon);

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_KOLEO_H_
