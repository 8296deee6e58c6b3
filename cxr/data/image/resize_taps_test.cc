// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize_taps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>

namespace cxr {
namespace {

using ::testing::ElementsAre;

TEST(ResizeTapsTest, SameSizeHasOneTapOfWeightOne) {
  const ResizeTaps taps =
      MakeResizeTaps({.size = 5, .begin = 0.0f, .end = 5.0f, .out = 5});
  for (int i = 0; i < 5; ++i) {
    for (int tap = 0; tap < taps.count; ++tap) {
      const bool own = taps.first[i] + tap == i;
      EXPECT_EQ(taps.weights[i * taps.count + tap],
                own ? 1 << kResizePrecisionBits : 0)
          << i << ", " << tap;
    }
  }
}

// Two pixels become one: symmetric, so a half each.
TEST(ResizeTapsTest, WeightsAreSharesOfOne) {
  const ResizeTaps taps =
      MakeResizeTaps({.size = 2, .begin = 0.0f, .end = 2.0f, .out = 1});
  EXPECT_EQ(taps.count, 2);
  EXPECT_THAT(taps.weights, ElementsAre(1 << (kResizePrecisionBits - 1),
                                        1 << (kResizePrecisionBits - 1)));
}

TEST(ResizeTapsTest, TapsAreEvenAndSumToOne) {
  for (const int size : {1, 2, 3, 17, 100}) {
    for (const int out : {1, 2, 9, 100, 333}) {
      const ResizeTaps taps = MakeResizeTaps({.size = size,
                                              .begin = 0.0f,
                                              .end = static_cast<float>(size),
                                              .out = out});
      EXPECT_EQ(taps.count % 2, 0);
      ASSERT_EQ(taps.weights.size(), size_t(out) * taps.count);
      for (int i = 0; i < out; ++i) {
        EXPECT_EQ(taps.first[i] % 2, 0);
        EXPECT_GE(taps.first[i], 0);
        const auto begin = taps.weights.begin() + ptrdiff_t{i} * taps.count;
        const int64_t sum =
            std::accumulate(begin, begin + taps.count, int64_t{0});
        EXPECT_NEAR(static_cast<double>(sum), 1 << kResizePrecisionBits,
                    taps.count);
        for (int tap = size - taps.first[i]; tap < taps.count; ++tap) {
          EXPECT_EQ(begin[tap], 0) << size << " to " << out << ", " << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace cxr
