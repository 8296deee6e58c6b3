// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/score_histogram.h"

#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

// testdata/make_columns_golden.py
TEST(ScoreHistogramTest, AgreesWithScikitLearnHoweverItIsSplit) {
  for (const GoldenCase& golden : ReadGoldenCases("ranking_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ColumnCase column = MakeColumnCase(golden.number);
    const auto scores = absl::MakeConstSpan(column.scores);
    const auto labels = absl::MakeConstSpan(column.labels);
    const size_t half = scores.size() / 2;
    ScoreHistogram first(300);
    ScoreHistogram second(300);
    ASSERT_TRUE(first.Add(scores.subspan(half), labels.subspan(half)).ok());
    ASSERT_TRUE(second.Add(scores.first(half), labels.first(half)).ok());
    ASSERT_TRUE(first.Merge(second).ok());
    const auto counts = first.Finish();
    ASSERT_TRUE(counts.ok()) << counts.status();
    ExpectGolden(Auroc(*counts), golden.values[0]);
    ExpectGolden(AveragePrecision(*counts), golden.values[1]);
  }
}

TEST(ScoreHistogramTest, RowsAreThoseOfAllExamplesAtOnce) {
  const ColumnCase column = MakeColumnCase(3);
  ScoreHistogram histogram(300);
  ASSERT_TRUE(histogram.Add(column.scores, column.labels).ok());
  const auto counts = histogram.Finish();
  const ThresholdCounts expected = CountsOf(column);
  ASSERT_EQ(counts->rows.size(), expected.rows.size());
  for (size_t k = 0; k < expected.rows.size(); ++k) {
    EXPECT_EQ(counts->rows[k].threshold, expected.rows[k].threshold);
    EXPECT_EQ(counts->rows[k].true_positives, expected.rows[k].true_positives);
    EXPECT_EQ(counts->rows[k].false_positives,
              expected.rows[k].false_positives);
  }
}

TEST(ScoreHistogramTest, RefusesOneScoreTooMany) {
  ScoreHistogram histogram(2);
  ASSERT_TRUE(histogram.Add({.1, .2, .1, .2, -0.0 + .1}, {0, 1, 1, 0, 1}).ok());
  EXPECT_EQ(histogram.distinct_scores(), 2);
  const absl::Status status = histogram.Add({.2, .3}, {0, 1});
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(status.message()), HasSubstr("scores[1]: score 0.3"));
  ScoreHistogram other(2);
  ASSERT_TRUE(other.Add({.5}, {0}).ok());
  EXPECT_EQ(histogram.Merge(other).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(ScoreHistogramTest, ZerosAreOneScore) {
  ScoreHistogram histogram(1);
  EXPECT_TRUE(histogram.Add({-0.0, 0.0}, {0, 1}).ok());
  EXPECT_EQ(Auroc(*histogram.Finish()), 0.5);
}

TEST(ScoreHistogramTest, BadInputAddsNothing) {
  ScoreHistogram histogram(10);
  EXPECT_TRUE(histogram.Add({}, {}).ok());
  EXPECT_EQ(histogram.Finish().status().code(),
            absl::StatusCode::kFailedPrecondition);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(histogram.Add({.5, nan}, {0, 1}).ok());
  EXPECT_EQ(histogram.distinct_scores(), 0);
}

}  // namespace
}  // namespace cxr::metrics
