// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using metrics::ClassCounts;
using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// 8 x 8 pixels with a rectangle of `label`, bounds included.
GrayImage Rectangle(uint8_t label, int top, int bottom, int left, int right) {
  GrayImage image{.width = 8, .height = 8, .pixels = std::vector<uint8_t>(64)};
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) image.pixels[y * 8 + x] = label;
  }
  return image;
}

// MONAI 1.6 and surface-distance 0.1 of rows 2 to 4, columns 2 to 4 as the
// prediction and rows 3 to 5, columns 2 to 5 as the truth.
TEST(MaskScoresTest, DistancesAreThoseOfBothPackages) {
  ASSERT_OK_AND_ASSIGN(
      const MaskPairScore score,
      ScoreMaskPair(Rectangle(2, 2, 4, 2, 4), Rectangle(2, 3, 5, 2, 5), 3));
  EXPECT_EQ(score.counts[2],
            (ClassCounts{.intersection = 6, .predicted = 9, .truth = 12}));
  EXPECT_THAT(score.merged, IsEmpty());
  ASSERT_EQ(score.distances.size(), 2u);
  const BorderDistances& found = score.distances[1];
  EXPECT_THAT(found.hd95, DoubleNear(1.2278174593052018, 1e-12));
  EXPECT_THAT(found.assd, DoubleNear(0.6896785312429498, 1e-12));
  EXPECT_THAT(found.contour_hd95, DoubleNear(1.4142135623730951, 1e-12));
  EXPECT_THAT(found.contour_truth_to_predicted,
              DoubleNear(0.7338556372365374, 1e-12));
  EXPECT_THAT(found.contour_predicted_to_truth,
              DoubleNear(0.6576504843704677, 1e-12));
  // Class 1 is nowhere.
  EXPECT_TRUE(std::isnan(score.distances[0].hd95));
  EXPECT_FALSE(std::isfinite(score.distances[0].contour_hd95));
}

TEST(MaskScoresTest, AMissedClassHasNoFiniteDistance) {
  ASSERT_OK_AND_ASSIGN(
      const MaskPairScore score,
      ScoreMaskPair(Rectangle(0, 0, 0, 0, 0), Rectangle(1, 3, 5, 2, 5), 2));
  const BorderDistances& found = score.distances[0];
  for (const double distance :
       {found.hd95, found.assd, found.contour_hd95,
        found.contour_predicted_to_truth, found.contour_truth_to_predicted}) {
    EXPECT_FALSE(std::isfinite(distance));
  }
}

TEST(MaskScoresTest, FourClassesAreAlsoCountedWithMergedLungs) {
  // The left lung is taken for the right one.
  ASSERT_OK_AND_ASSIGN(
      const MaskPairScore score,
      ScoreMaskPair(Rectangle(2, 0, 1, 0, 1), Rectangle(1, 0, 1, 0, 1), 4));
  EXPECT_EQ(score.counts[1].intersection, 0);
  EXPECT_EQ(score.merged[1],
            (ClassCounts{.intersection = 4, .predicted = 4, .truth = 4}));
}

TEST(MaskScoresTest, RefusesOtherSizesAndClasses) {
  EXPECT_THAT(ScoreMaskPair({.width = 2, .height = 1, .pixels = {0, 0}},
                            {.width = 1, .height = 2, .pixels = {0, 0}}, 2),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "predicted: found 2 x 1 pixels, expected the 1 x 2 of "
                       "truth"));
  EXPECT_THAT(ScoreMaskPair({.width = 1, .height = 1, .pixels = {2}},
                            {.width = 1, .height = 1, .pixels = {0}}, 2),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("2")));
}

}  // namespace
}  // namespace cxr
