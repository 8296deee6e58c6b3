// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/outline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace cxr::synth {
namespace {

// A diamond about (2, 3), 2 wide and 4 high.
const std::vector<Point> kDiamond = {{2, 1}, {3, 3}, {2, 5}, {1, 3}};

TEST(OutlineTest, ExtentIsFromTheLeastToTheMost) {
  const Extent columns = ExtentOf(kDiamond, &Point::x);
  EXPECT_EQ(columns.low, 1);
  EXPECT_EQ(columns.high, 3);
  EXPECT_EQ(columns.size(), 2);
  EXPECT_EQ(columns.middle(), 2);
  EXPECT_EQ(ExtentOf(kDiamond, &Point::y).size(), 4);
}

TEST(OutlineTest, UnionHoldsBothExtents) {
  const Extent both = Union({.low = 1, .high = 2}, {.low = -3, .high = 1.5});
  EXPECT_EQ(both.low, -3);
  EXPECT_EQ(both.high, 2);
  const Extent none = Union({}, {.low = 1, .high = 2});
  EXPECT_EQ(none.low, 1);
  EXPECT_EQ(none.high, 2);
}

TEST(OutlineTest, EdgeLiesOnTheLineAtAHeight) {
  // The line is open: of the diamond, the side at its upper left is missing.
  EXPECT_EQ(EdgeAt(kDiamond, 2, 1), 2.5);
  EXPECT_EQ(EdgeAt(kDiamond, 2, -1), 2.5);
  EXPECT_EQ(EdgeAt(kDiamond, 4, 1), 2.5);
  EXPECT_EQ(EdgeAt(kDiamond, 4, -1), 1.5);
}

TEST(OutlineTest, EdgeBeyondTheLineIsThatOfItsEnd) {
  EXPECT_EQ(EdgeAt(kDiamond, -7, 1), 2);
  EXPECT_EQ(EdgeAt(kDiamond, 99, -1), 2);
}

TEST(OutlineTest, LevelSideCountsWithBothOfItsEnds) {
  const std::vector<Point> line = {{1, 0}, {1, 2}, {6, 2}, {4, 5}};
  EXPECT_EQ(EdgeAt(line, 2, -1), 1);
  EXPECT_EQ(EdgeAt(line, 2, 1), 6);
  EXPECT_EQ(EdgeAt({{3, 8}}, 8, 1), 3);
}

TEST(OutlineDeathTest, EdgeOfNothingStopsTheProgram) {
  EXPECT_DEATH(EdgeAt({}, 0, 1), "empty");
}

}  // namespace
}  // namespace cxr::synth
