// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/solarize.h"

#include <cstdint>

#include "cxr/data/image/level_table.h"

namespace cxr {

GrayImage Solarize(const GrayImage& image, int threshold) {
  LevelTable table;
  for (int level = 0; level < 256; ++level) {
    table[level] =
        static_cast<uint8_t>(level < threshold ? level : 255 - level);
  }
  return MapLevels(image, table);
}

}  // namespace cxr
