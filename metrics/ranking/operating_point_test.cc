// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/operating_point.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

const std::vector<double> kScores = {.1, .4, .35, .8};
const std::vector<uint8_t> kLabels = {0, 0, 1, 1};

// testdata/make_columns_golden.py
TEST(OperatingPointTest, AgreesWithPointsOfScikitLearnsCurve) {
  for (const GoldenCase& golden : ReadGoldenCases("ranking_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ThresholdCounts counts = CountsOf(MakeColumnCase(golden.number));
    const double* const expected = &golden.values[12];
    const auto sensitive = SensitivityAtSpecificity(counts, 0.8);
    const auto specific = SpecificityAtSensitivity(counts, 0.8);
    const auto youden = LargestYoudenJ(counts);
    ASSERT_EQ(youden.ok(), !std::isnan(expected[0]));
    ASSERT_EQ(sensitive.ok(), youden.ok());
    ASSERT_EQ(specific.ok(), youden.ok());
    if (youden.ok()) {
      ExpectGolden(sensitive->threshold, expected[0]);
      ExpectGolden(sensitive->confusion.Sensitivity(), expected[1]);
      ExpectGolden(sensitive->confusion.Specificity(), expected[2]);
      ExpectGolden(specific->threshold, expected[3]);
      ExpectGolden(specific->confusion.Sensitivity(), expected[4]);
      ExpectGolden(specific->confusion.Specificity(), expected[5]);
      ExpectGolden(youden->threshold, expected[6]);
      ExpectGolden(youden->confusion.YoudenJ(), expected[7]);
    }
    const Confusion half = ConfusionAt(counts, 0.5);
    ExpectGolden(half.Sensitivity(), expected[8]);
    ExpectGolden(half.Specificity(), expected[9]);
    ExpectGolden(half.PositivePredictiveValue(), expected[10]);
    ExpectGolden(half.NegativePredictiveValue(), expected[11]);
    ExpectGolden(half.F1(), expected[12]);
  }
}

TEST(OperatingPointTest, ThresholdsNeedNotBeScores) {
  const ThresholdCounts counts =
      CountsOf({.scores = kScores, .labels = kLabels});
  const auto called = [&counts](double threshold) {
    const Confusion at = ConfusionAt(counts, threshold);
    return at.true_positives + at.false_positives;
  };
  EXPECT_EQ(called(0.0), 4);
  EXPECT_EQ(called(0.1), 4);
  EXPECT_EQ(called(0.36), 2);
  EXPECT_EQ(called(0.8), 1);
  EXPECT_EQ(called(0.81), 0);
  EXPECT_EQ(called(std::numeric_limits<double>::quiet_NaN()), 0);
}

TEST(OperatingPointTest, ExtremeRatesAlwaysHaveACandidate) {
  const ThresholdCounts counts =
      CountsOf({.scores = {.9, .1}, .labels = {0, 1}});
  const auto nothing = SensitivityAtSpecificity(counts, 1.0);
  ASSERT_TRUE(nothing.ok()) << nothing.status();
  EXPECT_TRUE(std::isinf(nothing->threshold));
  EXPECT_EQ(nothing->confusion.Sensitivity(), 0.0);
  const auto everything = SensitivityAtSpecificity(counts, 0.0);
  EXPECT_EQ(everything->threshold, .1);
  EXPECT_EQ(everything->confusion.Sensitivity(), 1.0);
  EXPECT_TRUE(std::isinf(SpecificityAtSensitivity(counts, 0.0)->threshold));
  EXPECT_EQ(SpecificityAtSensitivity(counts, 1.0)->threshold, .1);
}

TEST(OperatingPointTest, EqualJTakesTheHighestThreshold) {
  const ThresholdCounts counts =
      CountsOf({.scores = kScores, .labels = kLabels});
  const auto best = LargestYoudenJ(counts);  // J = .5 at .8 and at .35
  EXPECT_EQ(best->threshold, .8);
  EXPECT_EQ(best->confusion.YoudenJ(), .5);
}

TEST(OperatingPointTest, UselessScoresCallNothingPositive) {
  const ThresholdCounts counts =
      CountsOf({.scores = {.5, .5, .5}, .labels = {0, 1, 1}});
  EXPECT_TRUE(std::isinf(LargestYoudenJ(counts)->threshold));
}

TEST(OperatingPointTest, RefusesOneClassAndRatesOutsideTheUnitInterval) {
  const ThresholdCounts one = CountsOf({.scores = {.5}, .labels = {1}});
  EXPECT_EQ(LargestYoudenJ(one).status().code(),
            absl::StatusCode::kFailedPrecondition);
  const ThresholdCounts counts =
      CountsOf({.scores = kScores, .labels = kLabels});
  for (const double rate :
       {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(SensitivityAtSpecificity(counts, rate).status().code(),
              absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(SpecificityAtSensitivity(counts, rate).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace cxr::metrics
