// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/threshold_counter.h"

#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/ranking/auroc.h"
#include "metrics/ranking/confusion.h"
#include "metrics/ranking/golden_testing.h"
#include "metrics/ranking/operating_point.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

const std::vector<double> kThresholds = {0.0, 0.125, 0.3, 0.5, 0.75, 1.0, 2.0};

TEST(ThresholdCounterTest, AgreesWithSortingAllExamples) {
  for (uint64_t number = 0; number < 300; ++number) {
    const ColumnCase column = MakeColumnCase(number);
    const auto scores = absl::MakeConstSpan(column.scores);
    const auto labels = absl::MakeConstSpan(column.labels);
    const size_t half = scores.size() / 2;
    auto first = ThresholdCounter::Create(kThresholds);
    auto second = ThresholdCounter::Create(kThresholds);
    ASSERT_TRUE(first.ok() && second.ok());
    ASSERT_TRUE(first->Add(scores.subspan(half), labels.subspan(half)).ok());
    ASSERT_TRUE(second->Add(scores.first(half), labels.first(half)).ok());
    first->Merge(*second);
    const std::vector<Confusion> counted = first->Finish();
    ASSERT_EQ(counted.size(), kThresholds.size());
    const ThresholdCounts counts = CountsOf(column);
    for (size_t k = 0; k < kThresholds.size(); ++k) {
      const Confusion expected = ConfusionAt(counts, kThresholds[k]);
      EXPECT_EQ(counted[k].true_positives, expected.true_positives);
      EXPECT_EQ(counted[k].false_positives, expected.false_positives);
      EXPECT_EQ(counted[k].true_negatives, expected.true_negatives);
      EXPECT_EQ(counted[k].false_negatives, expected.false_negatives);
    }
  }
}

// torchmetrics 0.10.3, thresholds=5: .875, where the area is .75.
TEST(ThresholdCounterTest, AGridOfThresholdsHasAnotherArea) {
  auto counter = ThresholdCounter::Create({0.0, 0.25, 0.5, 0.75, 1.0});
  ASSERT_TRUE(counter.ok());
  const std::vector<double> scores = {.1, .4, .35, .8};
  const std::vector<uint8_t> labels = {0, 0, 1, 1};
  ASSERT_TRUE(counter->Add(scores, labels).ok());
  const std::vector<Confusion> grid = counter->Finish();
  double area = 0.0;
  for (size_t k = 0; k + 1 < grid.size(); ++k) {
    area += 0.5 * (grid[k].Sensitivity() + grid[k + 1].Sensitivity()) *
            (grid[k + 1].Specificity() - grid[k].Specificity());
  }
  EXPECT_EQ(area, .875);
  EXPECT_EQ(*Auroc(absl::MakeConstSpan(scores), labels), .75);
}

TEST(ThresholdCounterTest, ThresholdsMustRise) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(ThresholdCounter::Create({}).ok());
  EXPECT_FALSE(ThresholdCounter::Create({nan}).ok());
  const auto equal = ThresholdCounter::Create({.1, .2, .2});
  EXPECT_EQ(equal.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(equal.status().message()),
              HasSubstr("thresholds[2]: 0.2"));
}

TEST(ThresholdCounterTest, BadInputAddsNothing) {
  auto counter = ThresholdCounter::Create({.5});
  EXPECT_TRUE(counter->Add({}, {}).ok());
  EXPECT_FALSE(counter->Add({.1, .2}, {0, 2}).ok());
  EXPECT_EQ(counter->Finish()[0].true_negatives, 0);
}

TEST(ThresholdCounterDeathTest, OtherThresholdsCannotBeMerged) {
  auto first = ThresholdCounter::Create({.5});
  const auto second = ThresholdCounter::Create({.6});
  EXPECT_DEATH(first->Merge(*second), "the same thresholds");
}

}  // namespace
}  // namespace cxr::metrics
