// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/target_plots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr::reports {
namespace {

using ::testing::HasSubstr;

// By hand: from 0.9 down, a positive, a negative, a positive, two negatives.
TEST(TargetPlotsTest, CurvesAndPointsAreThoseOfTheRanking) {
  const std::vector<double> probabilities = {0.1, 0.9, 0.7, 0.8, 0.2};
  const std::vector<uint8_t> labels = {0, 1, 1, 0, 0};
  ASSERT_OK_AND_ASSIGN(const TargetPlots plots,
                       MakeTargetPlots(probabilities, labels));
  ASSERT_EQ(plots.points.size(), 2u);
  EXPECT_EQ(plots.points[0].threshold, 0.7);
  EXPECT_EQ(plots.points[0].sensitivity, 1.0);
  EXPECT_DOUBLE_EQ(plots.points[0].specificity, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(plots.points[0].precision, 2.0 / 3.0);
  EXPECT_EQ(plots.points[1].threshold, 0.9);
  EXPECT_EQ(plots.points[1].sensitivity, 0.5);
  EXPECT_EQ(plots.points[1].specificity, 1.0);
  // Up to one half, right by a third, up to 1, right to the end.
  EXPECT_THAT(plots.roc, HasSubstr("d=\"M56.0 310.0 L56.0 170.0 L149.3 170.0 "
                                   "L149.3 30.0 L336.0 30.0\""));
  // The dashed line lies at the share of positives, 2 of 5.
  EXPECT_THAT(plots.precision_recall,
              HasSubstr("d=\"M56.0 198.0 L336.0 198.0\""));
}

TEST(TargetPlotsTest, ReliabilityShowsMeansOfBins) {
  // Two groups of 20: 0.1 predicted and 1 of 20 positive, 0.3 and 10 of 20.
  std::vector<double> probabilities(40, 0.1);
  std::vector<uint8_t> labels(40, 0);
  labels[0] = 1;
  for (int i = 20; i < 40; ++i) {
    probabilities[i] = 0.3;
    labels[i] = i % 2;
  }
  ASSERT_OK_AND_ASSIGN(const TargetPlots plots,
                       MakeTargetPlots(probabilities, labels));
  EXPECT_THAT(plots.reliability, HasSubstr("cx=\"84.0\" cy=\"296.0\""));
  EXPECT_THAT(plots.reliability, HasSubstr("cx=\"140.0\" cy=\"170.0\""));
}

TEST(TargetPlotsTest, OneClassHasNoCurves) {
  ASSERT_OK_AND_ASSIGN(const TargetPlots plots,
                       MakeTargetPlots({0.1, 0.2}, {0, 0}));
  EXPECT_EQ(plots.roc, "");
  EXPECT_EQ(plots.precision_recall, "");
  EXPECT_NE(plots.reliability, "");
  EXPECT_TRUE(plots.points.empty());
}

TEST(TargetPlotsTest, WhatIsNoProbabilityIsAnError) {
  EXPECT_THAT(MakeTargetPlots({0.1, 1.5}, {0, 1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1.5")));
  EXPECT_THAT(MakeTargetPlots({}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("")));
}

}  // namespace
}  // namespace cxr::reports
