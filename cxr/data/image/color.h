// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_COLOR_H_
#define CXR_DATA_IMAGE_COLOR_H_

#include "cxr/data/image.h"

// Brightness and contrast of gray images, equal in every bit to what two
// libraries make of three equal channels. Factors are at least 0; 1 changes
// nothing. Saturation, hue and conversion to gray leave gray as it is in both
// libraries, so that there is nothing for them here.

namespace cxr {

// As torchvision on PIL images (Pillow's ImageEnhance).
GrayImage AdjustBrightness(const GrayImage& image, double factor);
GrayImage AdjustContrast(const GrayImage& image, double factor);

// As A.ColorJitter of albumentations 2.0.8.
GrayImage AlbumentationsBrightness(const GrayImage& image, double factor);
GrayImage AlbumentationsContrast(const GrayImage& image, double factor);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_COLOR_H_
