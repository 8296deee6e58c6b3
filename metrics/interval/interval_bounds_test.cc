// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// bootstrap_golden_test compares the intervals with scipy's.

#include "metrics/interval/interval_bounds.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/interval/normal.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr IntervalKind kKinds[] = {IntervalKind::kPercentile,
                                   IntervalKind::kBasic, IntervalKind::kBca};

const std::vector<double> kFive = {1.0, 2.0, 3.0, 4.0, 5.0};

// numpy.percentile([1, 2, 3, 4, 5], [0, 10, 50, 90, 100])
TEST(IntervalBoundsTest, PercentilesInterpolateLinearly) {
  EXPECT_EQ(Percentile(kFive, 0.0), 1.0);
  EXPECT_NEAR(Percentile(kFive, 0.1), 1.4, 1e-12);
  EXPECT_EQ(Percentile(kFive, 0.5), 3.0);
  EXPECT_NEAR(Percentile(kFive, 0.9), 4.6, 1e-12);
  EXPECT_EQ(Percentile(kFive, 1.0), 5.0);
  EXPECT_EQ(Percentile({7.0}, 0.3), 7.0);
}

TEST(IntervalBoundsTest, StandardDeviationDividesByOneLess) {
  EXPECT_NEAR(StandardDeviation(kFive), std::sqrt(2.5), 1e-15);
  EXPECT_TRUE(std::isnan(StandardDeviation({1.0})));
  EXPECT_TRUE(std::isnan(StandardDeviation({})));
}

TEST(IntervalBoundsTest, BasicMirrorsPercentilesAtTheValue) {
  const IntervalInput input = {
      .sorted = kFive, .value = 2.0, .confidence = 0.8};
  const Bounds percentile = MakeBounds(IntervalKind::kPercentile, input);
  EXPECT_NEAR(percentile.low, 1.4, 1e-12);
  EXPECT_NEAR(percentile.high, 4.6, 1e-12);
  const Bounds basic = MakeBounds(IntervalKind::kBasic, input);
  EXPECT_NEAR(basic.low, -0.6, 1e-12);
  EXPECT_NEAR(basic.high, 2.6, 1e-12);
}

TEST(IntervalBoundsTest, BcaWithoutBiasAndSkewnessIsPercentile) {
  const IntervalInput input = {
      .sorted = kFive, .value = 3.0, .acceleration = 0.0, .confidence = 0.8};
  const Bounds bca = MakeBounds(IntervalKind::kBca, input);
  EXPECT_NEAR(bca.low, 1.4, 1e-12);
  EXPECT_NEAR(bca.high, 4.6, 1e-12);
}

// Three of five values are below 3.5: the bias is NormalQuantile(0.6).
TEST(IntervalBoundsTest, BcaShiftsByTheBiasAndTheAcceleration) {
  const IntervalInput input = {
      .sorted = kFive, .value = 3.5, .acceleration = 0.1, .confidence = 0.8};
  const double bias = NormalQuantile(0.6);
  const double z = bias + NormalQuantile(0.1);
  const double fraction = NormalCdf(bias + z / (1.0 - 0.1 * z));
  EXPECT_NEAR(MakeBounds(IntervalKind::kBca, input).low, 1.0 + 4.0 * fraction,
              1e-12);
}

TEST(IntervalBoundsTest, BcaIsUndefinedWithAllResamplesOnOneSide) {
  for (const double value : {0.0, 6.0}) {
    for (const double acceleration : {-0.1, 0.0, 0.1}) {
      const Bounds bounds =
          MakeBounds(IntervalKind::kBca, {.sorted = kFive,
                                          .value = value,
                                          .acceleration = acceleration,
                                          .confidence = 0.9});
      EXPECT_TRUE(std::isnan(bounds.low) && std::isnan(bounds.high));
    }
  }
}

TEST(IntervalBoundsTest, UndefinedInputGivesUndefinedBounds) {
  for (const IntervalKind kind : kKinds) {
    const Bounds bounds =
        MakeBounds(kind, {.sorted = {}, .value = 1.0, .confidence = 0.9});
    EXPECT_TRUE(std::isnan(bounds.low) && std::isnan(bounds.high));
    if (kind == IntervalKind::kPercentile) continue;
    const Bounds of_nan =
        MakeBounds(kind, {.sorted = kFive, .value = kNan, .confidence = 0.9});
    EXPECT_TRUE(std::isnan(of_nan.low) && std::isnan(of_nan.high));
  }
  const Bounds bounds = MakeBounds(
      IntervalKind::kBca,
      {.sorted = kFive, .value = 3.0, .acceleration = kNan, .confidence = 0.9});
  EXPECT_TRUE(std::isnan(bounds.low) && std::isnan(bounds.high));
}

// Left-out means of 0, 0, 3 are 1.5, 1.5, 0: influences -1, -1, 2.
TEST(IntervalBoundsTest, AccelerationIsASixthOfTheSkewness) {
  const double expected = (6.0 / 27.0) / (6.0 * std::pow(6.0 / 9.0, 1.5));
  EXPECT_NEAR(BcaAcceleration({{1.5, 1.5, 0.0}}), expected, 1e-15);
  EXPECT_NEAR(BcaAcceleration({{0.0, 1.0, 2.0}}), 0.0, 1e-15);
}

TEST(IntervalBoundsTest, AccelerationAddsStrata) {
  EXPECT_NEAR(BcaAcceleration({{1.5, 1.5, 0.0}, {1.5, 1.5, 0.0}}),
              BcaAcceleration({{1.5, 1.5, 0.0}}) / std::sqrt(2.0), 1e-15);
}

// The mean of three times 0.1 is not 0.1.
TEST(IntervalBoundsTest, AccelerationIsUndefinedWithoutInfluence) {
  EXPECT_TRUE(std::isnan(BcaAcceleration({{0.1, 0.1, 0.1}})));
  EXPECT_TRUE(std::isnan(BcaAcceleration({{0.1, kNan, 0.2}})));
  EXPECT_TRUE(std::isnan(BcaAcceleration({})));
}

TEST(IntervalBoundsDeathTest, FractionsOutsideTheRangeEndTheProgram) {
  EXPECT_DEATH(Percentile(kFive, 1.1), "fraction");
  EXPECT_DEATH(Percentile(kFive, kNan), "fraction");
}

}  // namespace
}  // namespace cxr::metrics
