// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/lungs_and_heart.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Values of a published table: the average is of two columns, not three
// classes.
TEST(LungsAndHeartTest, TheAverageIsOfTwoColumns) {
  EXPECT_NEAR(OfLungsAndHeart(91.69, 89.35).average, 90.52, 1e-12);
  EXPECT_NEAR(OfLungsAndHeart(91.94, 89.94).average, 90.94, 1e-12);
  const LungsAndHeart sides = MeanOfSides(0.9, 0.8, 0.5);
  EXPECT_NEAR(sides.lungs, 0.85, 1e-15);
  EXPECT_EQ(sides.heart, 0.5);
  EXPECT_NEAR(sides.average, 0.675, 1e-15);
}

TEST(LungsAndHeartTest, ASideTakenForTheOtherIsRightOnlyWhenMerged) {
  const std::vector<uint8_t> predicted = {1, 2, 3, 0};
  const std::vector<uint8_t> truth = {2, 2, 3, 1};
  const OverlapCounts counts = *CountLabels(predicted, truth, 4);
  EXPECT_EQ(*PoolSides(counts),
            (OverlapCounts{{0, 1, 0}, {1, 2, 3}, {1, 1, 1}}));
  EXPECT_EQ(
      *CountLabels(*MergeLungs(predicted), *MergeLungs(truth), kMergedClasses),
      (OverlapCounts{{0, 1, 0}, {2, 2, 3}, {1, 1, 1}}));
}

TEST(LungsAndHeartTest, MergingKeepsBackgroundAndHeartApart) {
  EXPECT_THAT(*MergeLungs({0, kLeftLung, kRightLung, kHeart}),
              ElementsAre(0, kMergedLungs, kMergedLungs, kMergedHeart));
}

TEST(LungsAndHeartTest, BadInputIsNamed) {
  const absl::Status label = MergeLungs({0, 4}).status();
  EXPECT_EQ(label.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(label.message()), HasSubstr("labels[1]: 4"));
  const absl::Status counts = PoolSides(OverlapCounts(3)).status();
  EXPECT_EQ(counts.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(counts.message()), HasSubstr("counts: 3 classes"));
}

}  // namespace
}  // namespace cxr::metrics
