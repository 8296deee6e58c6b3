// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_HISTOGRAM_H_
#define CXR_DATA_IMAGE_HISTOGRAM_H_

#include <array>
#include <cstdint>

#include "cxr/data/image.h"

namespace cxr {

using Histogram = std::array<int64_t, 256>;

// How many pixels of `image` have each level.
Histogram CountLevels(const GrayImage& image);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_HISTOGRAM_H_
