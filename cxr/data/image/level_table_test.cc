// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/level_table.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

LevelTable ScrambledTable() {
  LevelTable table;
  for (int level = 0; level < 256; ++level) {
    table[level] = static_cast<uint8_t>(level * 167 + 91);
  }
  return table;
}

TEST(LevelTableTest, EveryLevelBecomesItsEntryWithAndWithoutVectors) {
  const LevelTable table = ScrambledTable();
  // Sides that leave vectors incomplete, or have none.
  for (const int width : {1, 7, 31, 32, 33, 100}) {
    const GrayImage image = MakeNoise(width, 37, /*seed=*/1);
    GrayImage expected = image;
    for (uint8_t& level : expected.pixels) {
      level = table[level];
    }
    EXPECT_EQ(MapLevels(image, table, Simd::kScalar), expected) << width;
    EXPECT_EQ(MapLevels(image, table, BestSimd()), expected) << width;
  }
}

TEST(LevelTableTest, VectorsKnowAllLevels) {
  const GrayImage levels = ReadTestImage("operations/levels.png");
  const LevelTable table = ScrambledTable();
  const GrayImage mapped = MapLevels(levels, table);
  for (int level = 0; level < 256; ++level) {
    EXPECT_EQ(mapped.pixels[level], table[level]) << level;
  }
}

TEST(LevelTableTest, NoPixelsStayNoPixels) {
  EXPECT_EQ(MapLevels(GrayImage{}, ScrambledTable()), GrayImage{});
}

}  // namespace
}  // namespace cxr
