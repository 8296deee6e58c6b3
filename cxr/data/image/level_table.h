// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_LEVEL_TABLE_H_
#define CXR_DATA_IMAGE_LEVEL_TABLE_H_

#include <array>
#include <cstdint>

#include "cxr/data/image.h"
#include "cxr/data/image/simd.h"

// Operations that give every gray level another one, wherever it occurs.

namespace cxr {

using LevelTable = std::array<uint8_t, 256>;

// `image` with every level replaced by table[level].
GrayImage MapLevels(const GrayImage& image, const LevelTable& table,
                    Simd simd = BestSimd());

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_LEVEL_TABLE_H_
