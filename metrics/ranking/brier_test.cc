// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/brier.h"

#include <vector>

#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

// testdata/make_columns_golden.py
TEST(BrierScoreTest, AgreesWithScikitLearn) {
  for (const GoldenCase& golden :
       ReadGoldenCases("probability_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ColumnCase column = MakeColumnCase(golden.number);
    const auto score = BrierScore(column.scores, column.labels);
    ASSERT_TRUE(score.ok()) << score.status();
    ExpectGolden(*score, golden.values[0]);
  }
}

TEST(BrierScoreTest, IsTheMeanSquareOfMisses) {
  EXPECT_EQ(*BrierScore({1.0, 0.0}, {1, 0}), 0.0);
  EXPECT_EQ(*BrierScore({1.0, 0.0}, {0, 1}), 1.0);
  EXPECT_EQ(*BrierScore({0.5, 0.0}, {1, 0}), 0.125);
}

TEST(BrierAccumulatorTest, BatchesAndMergesGiveTheValueOfOneBatch) {
  const ColumnCase column = MakeColumnCase(1);
  const auto half = column.scores.size() / 2;
  const auto scores = absl::MakeConstSpan(column.scores);
  const auto labels = absl::MakeConstSpan(column.labels);
  BrierAccumulator first;
  BrierAccumulator second;
  ASSERT_TRUE(first.Add(scores.subspan(half), labels.subspan(half)).ok());
  ASSERT_TRUE(second.Add(scores.first(half), labels.first(half)).ok());
  first.Merge(second);
  EXPECT_EQ(*first.Finish(), *BrierScore(column.scores, column.labels));
}

TEST(BrierAccumulatorTest, BadInputAddsNothing) {
  BrierAccumulator brier;
  EXPECT_FALSE(brier.Finish().ok());
  ASSERT_TRUE(brier.Add({0.5}, {1}).ok());
  EXPECT_FALSE(brier.Add({0.5, 2.0}, {0, 1}).ok());
  EXPECT_EQ(*brier.Finish(), 0.25);
}

}  // namespace
}  // namespace cxr::metrics
