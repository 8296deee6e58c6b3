// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_NORMALIZE_H_
#define CXR_DATA_IMAGE_NORMALIZE_H_

#include <vector>

#include "absl/types/span.h"
#include "cxr/data/image.h"

namespace cxr {

// (C, H, W) values (pixel / 255 - mean[c]) / deviation[c] of an image with C
// equal channels: torchvision's ToTensor and Normalize, in single precision.
std::vector<float> Normalize(const GrayImage& image,
                             absl::Span<const float> mean,
                             absl::Span<const float> deviation);

// (H, W) values pixel / 255. A first layer that is linear in its input, with
// weights W_c and bias b, needs no more: it gives the same on this with the
// weights sum_c W_c / d_c and the bias b - sum_c W_c mean_c / d_c, up to
// rounding (and up to padding, which must then be done after the mean).
std::vector<float> ScaleToUnit(const GrayImage& image);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_NORMALIZE_H_
