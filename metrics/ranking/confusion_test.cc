// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/confusion.h"

#include <cmath>

#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

TEST(ConfusionTest, RatesAreFractionsOfTheirRows) {
  const Confusion counts = {.true_positives = 6,
                            .false_positives = 1,
                            .true_negatives = 3,
                            .false_negatives = 2};
  EXPECT_DOUBLE_EQ(counts.Sensitivity(), 6.0 / 8.0);
  EXPECT_DOUBLE_EQ(counts.Specificity(), 3.0 / 4.0);
  EXPECT_DOUBLE_EQ(counts.PositivePredictiveValue(), 6.0 / 7.0);
  EXPECT_DOUBLE_EQ(counts.NegativePredictiveValue(), 3.0 / 5.0);
  EXPECT_DOUBLE_EQ(counts.F1(), 12.0 / 15.0);
  EXPECT_DOUBLE_EQ(counts.YoudenJ(), 0.5);
}

TEST(ConfusionTest, RatesOfNothingAreUndefined) {
  const Confusion nothing;
  EXPECT_TRUE(std::isnan(nothing.Sensitivity()));
  EXPECT_TRUE(std::isnan(nothing.Specificity()));
  EXPECT_TRUE(std::isnan(nothing.PositivePredictiveValue()));
  EXPECT_TRUE(std::isnan(nothing.NegativePredictiveValue()));
  EXPECT_TRUE(std::isnan(nothing.F1()));
  EXPECT_TRUE(std::isnan(nothing.YoudenJ()));
}

}  // namespace
}  // namespace cxr::metrics
