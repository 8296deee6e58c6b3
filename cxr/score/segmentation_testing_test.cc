// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace cxr {
namespace {

TEST(SegmentationTestingTest, GoldensBelongTogether) {
  const MaskTable table = GoldenTable();
  EXPECT_EQ(GoldenImages("ours").size(), 7);
  EXPECT_EQ(GoldenImages("theirs").size(), 7);
  EXPECT_EQ(table.patients.size(), 7);
  ASSERT_EQ(table.groups.size(), 1);
  EXPECT_EQ(table.groups[0].cells.size(), 7);
}

TEST(SegmentationTestingTest, CellsAreEqualToRounding) {
  EXPECT_TRUE(EqualsCell(0.5, "0.5000000000001"));
  EXPECT_FALSE(EqualsCell(0.5, "0.50000000001"));
  EXPECT_TRUE(EqualsCell(NAN, "nan"));
  EXPECT_FALSE(EqualsCell(0.5, "nan"));
  EXPECT_FALSE(EqualsCell(NAN, "0.5"));
}

TEST(SegmentationTestingTest, NeighboursDiffer) {
  const std::vector<MaskPairScore> images = DifferentImages(11);
  for (int i = 1; i < 11; ++i) {
    EXPECT_NE(images[i].counts[1].intersection,
              images[i - 1].counts[1].intersection);
    EXPECT_NE(images[i].distances[0].hd95, images[i - 1].distances[0].hd95);
  }
}

}  // namespace
}  // namespace cxr
