// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/extremes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace cxr {
namespace {

// Lengths around the number of columns that are looked at together.
template <typename Value>
void ExpectFoundAtEveryPlace() {
  for (const size_t size : {1, 2, 63, 64, 65, 128, 200}) {
    for (size_t at = 0; at < size; ++at) {
      std::vector<Value> values(size, Value{100});
      values[at] = 250;
      Extremes high;
      high.Add(values);
      EXPECT_EQ(high.largest, 250) << at << " of " << size;
      EXPECT_EQ(high.smallest, size == 1 ? 250 : 100);
      values[at] = 3;
      Extremes low;
      low.Add(values);
      EXPECT_EQ(low.smallest, 3) << at << " of " << size;
      EXPECT_EQ(low.largest, size == 1 ? 3 : 100);
    }
  }
}

TEST(ExtremesTest, AreFoundAtEveryPlace) {
  ExpectFoundAtEveryPlace<uint8_t>();
  ExpectFoundAtEveryPlace<uint16_t>();
}

TEST(ExtremesTest, SixteenBitsAreUnsigned) {
  Extremes extremes;
  extremes.Add(std::vector<uint16_t>(100, 40000));
  extremes.Add(std::vector<uint16_t>{65535});
  EXPECT_EQ(extremes.smallest, 40000);
  EXPECT_EQ(extremes.largest, 65535);
}

TEST(ExtremesTest, AddingMoreWidensThem) {
  Extremes extremes;
  extremes.Add(std::vector<uint8_t>{9, 7});
  extremes.Add(std::vector<uint8_t>{8});
  extremes.Add(std::vector<uint8_t>{});
  EXPECT_EQ(extremes.smallest, 7);
  EXPECT_EQ(extremes.largest, 9);
  extremes.Add(std::vector<uint8_t>{0, 255});
  EXPECT_EQ(extremes.smallest, 0);
  EXPECT_EQ(extremes.largest, 255);
}

}  // namespace
}  // namespace cxr
