// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_PIXELS_H_
#define CXR_MODEL_PIXELS_H_

#include <array>

#include "ATen/core/Tensor.h"

namespace cxr {

// Gray pixels as a backbone takes them: `bytes` (n, 1, H, W) uint8 becomes (n,
// 3, H, W), (byte / 255 - mean) / std of each channel in float32, where `bytes`
// are: torchvision's ToTensor and Normalize of three equal channels, and every
// bit of Normalize in cxr/data/image/normalize.h.
at::Tensor NormalizePixels(const at::Tensor& bytes,
                           const std::array<float, 3>& mean,
                           const std::array<float, 3>& std);

}  // namespace cxr

#endif  // CXR_MODEL_PIXELS_H_
