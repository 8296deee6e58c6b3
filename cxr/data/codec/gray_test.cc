// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/gray.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace cxr {
namespace {

std::vector<uint8_t> GrayOf(const std::vector<uint8_t>& samples, int channels) {
  std::vector<uint8_t> gray(samples.size() / static_cast<size_t>(channels));
  FillGray(samples, channels, absl::MakeSpan(gray));
  return gray;
}

TEST(GrayTest, GrayIsKeptAndAlphaDropped) {
  EXPECT_EQ(GrayOf({1, 0, 255}, 1), (std::vector<uint8_t>{1, 0, 255}));
  EXPECT_EQ(GrayOf({1, 50, 0, 60, 255, 70}, 2),
            (std::vector<uint8_t>{1, 0, 255}));
  EXPECT_EQ(GrayOf({10, 20, 30, 0, 30, 20, 10, 255}, 4),
            GrayOf({10, 20, 30, 30, 20, 10}, 3));
}

TEST(GrayTest, EqualColoursAreTheirOwnGray) {
  for (int level = 0; level < 256; ++level) {
    const uint8_t value = static_cast<uint8_t>(level);
    EXPECT_EQ(GrayOf({value, value, value}, 3), std::vector<uint8_t>{value});
  }
}

// Pure colours by Pillow 12: Image.new("RGB", (1, 1), c).convert("L").
TEST(GrayTest, ColoursWeighAsByPillow) {
  EXPECT_EQ(GrayOf({255, 0, 0, 0, 255, 0, 0, 0, 255}, 3),
            (std::vector<uint8_t>{76, 150, 29}));
}

// The weights of ITU-R 601, which 16 bits of fraction follow within a half.
TEST(GrayTest, GrayIsTheRoundedLuma) {
  for (int i = 0; i < 100000; ++i) {
    const uint8_t r = static_cast<uint8_t>(i * 7 + i / 256);
    const uint8_t g = static_cast<uint8_t>(i * 13 + i / 64);
    const uint8_t b = static_cast<uint8_t>(i * 29 + i / 1024);
    const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
    const int gray = GrayOf({r, g, b}, 3)[0];
    ASSERT_LT(std::abs(gray - luma), 0.503) << i;
  }
}

TEST(GrayDeathTest, SamplesThatDoNotFitAreAMistake) {
  std::vector<uint8_t> gray(2);
  EXPECT_DEATH(FillGray({1, 2, 3}, 3, absl::MakeSpan(gray)), "3 samples");
}

}  // namespace
}  // namespace cxr
