// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_GAUSSIAN_BLUR_H_
#define CXR_DATA_IMAGE_GAUSSIAN_BLUR_H_

#include "cxr/data/image.h"

namespace cxr {

// `image` smoothed by a Gaussian of standard deviation `sigma` pixels, cut off
// to `kernel_pixels` (odd) and reflected at the border: torchvision's
// GaussianBlur of a PIL image. Both sides of the image are longer than half the
// kernel.
//
// Torch sums in single precision, in an order that depends on the processor.
// Pixels that this may decide are summed in the order of its AVX2 build; of 16
// million pixels of radiographs 5 differed, by one level.
GrayImage GaussianBlur(const GrayImage& image, int kernel_pixels, double sigma);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_GAUSSIAN_BLUR_H_
