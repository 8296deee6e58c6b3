// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/log_loss.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

double LossOf(const std::vector<double>& probabilities,
              const std::vector<uint8_t>& labels) {
  const auto loss = LogLoss(absl::MakeConstSpan(probabilities), labels);
  EXPECT_TRUE(loss.ok()) << loss.status();
  return *loss;
}

// testdata/make_columns_golden.py
TEST(LogLossTest, AgreesWithScikitLearnInBothTypes) {
  for (const GoldenCase& golden :
       ReadGoldenCases("probability_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ColumnCase column = MakeColumnCase(golden.number);
    ExpectGolden(LossOf(column.scores, column.labels), golden.values[1]);
    const std::vector<float> floats = column.FloatScores();
    const auto loss = LogLoss(absl::MakeConstSpan(floats), column.labels);
    ASSERT_TRUE(loss.ok()) << loss.status();
    ExpectGolden(*loss, golden.values[2]);
  }
}

TEST(LogLossTest, CertaintyIsClippedByTheEpsilonOfTheType) {
  ExpectGolden(LossOf({0.0}, {1}),
               -std::log(std::numeric_limits<double>::epsilon()));
  const std::vector<float> zero = {0.0f};
  ExpectGolden(*LogLoss(absl::MakeConstSpan(zero), {1}),
               -std::log(double{std::numeric_limits<float>::epsilon()}));
}

TEST(LogLossTest, IsTheMeanOfLogarithms) {
  ExpectGolden(LossOf({0.5, 0.25}, {1, 0}),
               (std::log(2.0) - std::log(0.75)) / 2.0);
}

TEST(LogLossAccumulatorTest, BatchesAndMergesGiveTheValueOfOneBatch) {
  const ColumnCase column = MakeColumnCase(1);
  const auto half = column.scores.size() / 2;
  const auto scores = absl::MakeConstSpan(column.scores);
  const auto labels = absl::MakeConstSpan(column.labels);
  LogLossAccumulator first;
  LogLossAccumulator second;
  ASSERT_TRUE(first.Add(scores.subspan(half), labels.subspan(half)).ok());
  ASSERT_TRUE(second.Add(scores.first(half), labels.first(half)).ok());
  first.Merge(second);
  EXPECT_EQ(*first.Finish(), LossOf(column.scores, column.labels));
}

TEST(LogLossAccumulatorTest, BadInputAddsNothing) {
  LogLossAccumulator loss;
  EXPECT_FALSE(loss.Finish().ok());
  const std::vector<double> bad = {0.5, -1.0};
  EXPECT_FALSE(loss.Add(absl::MakeConstSpan(bad), {0, 1}).ok());
  EXPECT_FALSE(loss.Finish().ok());
}

}  // namespace
}  // namespace cxr::metrics
