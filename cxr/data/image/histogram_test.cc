// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

TEST(HistogramTest, EveryLevelIsCounted) {
  const GrayImage image = MakeNoise(41, 29, /*seed=*/2);
  const Histogram histogram = CountLevels(image);
  for (int level = 0; level < 256; ++level) {
    EXPECT_EQ(histogram[level],
              std::count(image.pixels.begin(), image.pixels.end(), level))
        << level;
  }
  EXPECT_EQ(std::accumulate(histogram.begin(), histogram.end(), int64_t{0}),
            41 * 29);
}

TEST(HistogramTest, NoPixelsHaveNoLevels) {
  EXPECT_EQ(CountLevels(GrayImage{}), Histogram{});
}

}  // namespace
}  // namespace cxr
