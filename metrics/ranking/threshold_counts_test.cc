// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/threshold_counts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

// testdata/make_columns_golden.py
TEST(ThresholdCountsTest, AreasAgreeWithScikitLearn) {
  for (const GoldenCase& golden : ReadGoldenCases("ranking_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ColumnCase column = MakeColumnCase(golden.number);
    const ThresholdCounts counts = CountsOf(column);
    ExpectGolden(Auroc(counts), golden.values[0]);
    ExpectGolden(AveragePrecision(counts), golden.values[1]);
    const std::vector<float> floats = column.FloatScores();
    const auto of_floats =
        CountAtThresholds(absl::MakeConstSpan(floats), column.labels);
    ASSERT_TRUE(of_floats.ok()) << of_floats.status();
    ExpectGolden(Auroc(*of_floats), golden.values[2]);
    ExpectGolden(AveragePrecision(*of_floats), golden.values[3]);
  }
}

TEST(ThresholdCountsTest, RowsCountWhatReachesTheirThreshold) {
  for (uint64_t number = 0; number < 100; ++number) {
    const ColumnCase column = MakeColumnCase(number, 60);
    const ThresholdCounts counts = CountsOf(column);
    double previous = std::numeric_limits<double>::infinity();
    for (const ThresholdCounts::Row& row : counts.rows) {
      EXPECT_LT(row.threshold, previous);
      previous = row.threshold;
      EXPECT_EQ(std::count(column.scores.begin(), column.scores.end(),
                           row.threshold) > 0,
                true);
      int64_t hits = 0;
      int64_t misses = 0;
      for (size_t i = 0; i < column.scores.size(); ++i) {
        if (column.scores[i] < row.threshold) continue;
        ++(column.labels[i] ? hits : misses);
      }
      EXPECT_EQ(row.true_positives, hits);
      EXPECT_EQ(row.false_positives, misses);
    }
    EXPECT_EQ(counts.rows.back().true_positives, counts.positives);
    EXPECT_EQ(counts.rows.back().false_positives, counts.negatives);
  }
}

TEST(ThresholdCountsTest, NegativeZeroIsZero) {
  const ThresholdCounts counts =
      CountsOf({.scores = {-0.0, 0.0, -1.0}, .labels = {0, 1, 1}});
  ASSERT_EQ(counts.rows.size(), 2u);
  EXPECT_FALSE(std::signbit(counts.rows[0].threshold));
}

TEST(ThresholdCountsTest, BadInputIsRefused) {
  const std::vector<double> scores = {1.0, 2.0};
  EXPECT_FALSE(CountAtThresholds(absl::MakeConstSpan(scores), {0, 2}).ok());
}

}  // namespace
}  // namespace cxr::metrics
