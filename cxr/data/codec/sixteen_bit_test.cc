// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/sixteen_bit.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "cxr/data/codec/decoded_image.h"

namespace cxr {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(SixteenBitTest, ShiftKeepsTheHighBits) {
  EXPECT_EQ(
      ToEightBits({0, 255, 256, 0x1234, 65535}, 16, SixteenBitRule::kShift8),
      (Bytes{0, 0, 1, 0x12, 255}));
  EXPECT_EQ(ToEightBits({0, 15, 16, 4095}, 12, SixteenBitRule::kShift8),
            (Bytes{0, 0, 1, 255}));
  EXPECT_EQ(ToEightBits({0, 7, 255}, 8, SixteenBitRule::kShift8),
            (Bytes{0, 7, 255}));
}

// A file may state fewer bits than its values have.
TEST(SixteenBitTest, ValuesBeyondTheBitsAreWhite) {
  EXPECT_EQ(ToEightBits({4095, 4096, 65535}, 12, SixteenBitRule::kShift8),
            (Bytes{255, 255, 255}));
}

TEST(SixteenBitTest, MinMaxSpreadsAndDropsFractions) {
  EXPECT_EQ(
      ToEightBits({1000, 1001, 1500, 1999, 2000}, 16, SixteenBitRule::kMinMax),
      (Bytes{0, 0, 127, 254, 255}));
  EXPECT_EQ(ToEightBits({0, 32767, 65535}, 16, SixteenBitRule::kMinMax),
            (Bytes{0, 127, 255}));
  EXPECT_EQ(ToEightBits({7, 9}, 16, SixteenBitRule::kMinMax), (Bytes{0, 255}));
}

TEST(SixteenBitTest, OneLevelIsBlack) {
  for (const SixteenBitRule rule :
       {SixteenBitRule::kMinMax, SixteenBitRule::kPillowClip}) {
    EXPECT_EQ(ToEightBits({9, 9, 9}, 16, rule), (Bytes{0, 0, 0}));
  }
  EXPECT_EQ(ToEightBits({300, 999, 65535}, 16, SixteenBitRule::kPillowClip),
            (Bytes{0, 0, 0}));
}

TEST(SixteenBitTest, PillowClipsAt255BeforeItSpreads) {
  EXPECT_EQ(ToEightBits({155, 205, 254, 255, 256, 65535}, 16,
                        SixteenBitRule::kPillowClip),
            (Bytes{0, 127, 252, 255, 255, 255}));
  EXPECT_EQ(ToEightBits({10, 20, 30}, 16, SixteenBitRule::kPillowClip),
            (Bytes{0, 127, 255}));
}

TEST(SixteenBitDeathTest, NoRuleAndNoValuesAreMistakes) {
  EXPECT_DEATH(ToEightBits({1}, 16, SixteenBitRule::kRefuse), "1 values");
  EXPECT_DEATH(ToEightBits({}, 16, SixteenBitRule::kMinMax), "0 values");
}

}  // namespace
}  // namespace cxr
