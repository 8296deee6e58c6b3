// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_SOLARIZE_H_
#define CXR_DATA_IMAGE_SOLARIZE_H_

#include "cxr/data/image.h"

namespace cxr {

// `image` with every level of at least `threshold` turned into 255 minus
// itself, as Pillow's ImageOps.solarize.
GrayImage Solarize(const GrayImage& image, int threshold);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_SOLARIZE_H_
