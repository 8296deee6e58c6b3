// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/ranked_averages.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

LabelledScores TwoTargets() {
  return {.classes = {"edema", "mass"},
          .ids = {"a", "b", "c", "d"},
          .labels = {{0, 0, 1, 1}, {0, 1, 0, 0}},
          .scores = {{0.1, 0.4, 0.35, 0.8}, {0.1, 0.2, 0.3, 0.4}}};
}

std::vector<double> OnResample(const LabelledScores& scores,
                               const std::vector<int32_t>& counts) {
  const RankedTargets targets =
      *RankedTargets::Create(scores, spec::SCIKIT_LEARN);
  const RankedAverages averages =
      *RankedAverages::Create(scores, spec::SCIKIT_LEARN);
  std::vector<double> of_targets(targets.statistics());
  targets.Fill(counts, absl::MakeSpan(of_targets));
  std::vector<double> values(RankedAverages::kStatistics);
  averages.Fill(counts, of_targets, absl::MakeSpan(values));
  return values;
}

// By hand: of 15 pairs of cells 10 are in order.
TEST(RankedAveragesTest, MicroTakesCellsAndWeightedCountsPositives) {
  const RankedAverages averages =
      *RankedAverages::Create(TwoTargets(), spec::SCIKIT_LEARN);
  EXPECT_NEAR(averages.Micro(RankMetric::kAuroc), 10.0 / 15.0, 1e-15);
  EXPECT_NEAR(averages.Weighted(RankMetric::kAuroc),
              (2 * 0.75 + 1.0 / 3.0) / 3.0, 1e-15);
}

TEST(RankedAveragesTest, AResampleOfAllRowsOnceGivesTheValues) {
  const RankedAverages averages =
      *RankedAverages::Create(TwoTargets(), spec::SCIKIT_LEARN);
  const std::vector<double> values = OnResample(TwoTargets(), {1, 1, 1, 1});
  for (const RankMetric metric : kRankMetrics) {
    EXPECT_NEAR(values[RankedAverages::MicroPlace(metric)],
                averages.Micro(metric), 1e-15);
    EXPECT_NEAR(values[RankedAverages::WeightedPlace(metric)],
                averages.Weighted(metric), 1e-15);
  }
}

// Rows written out as often as they count.
TEST(RankedAveragesTest, AResampleIsItsRowsRepeated) {
  const std::vector<int32_t> counts = {2, 1, 0, 3};
  LabelledScores repeated = TwoTargets();
  const LabelledScores once = TwoTargets();
  for (size_t k = 0; k < 2; ++k) {
    repeated.labels[k].clear();
    repeated.scores[k].clear();
    for (size_t i = 0; i < counts.size(); ++i) {
      repeated.labels[k].insert(repeated.labels[k].end(), counts[i],
                                once.labels[k][i]);
      repeated.scores[k].insert(repeated.scores[k].end(), counts[i],
                                once.scores[k][i]);
    }
  }
  const std::vector<double> values = OnResample(once, counts);
  const RankedAverages averages =
      *RankedAverages::Create(repeated, spec::SCIKIT_LEARN);
  for (const RankMetric metric : kRankMetrics) {
    EXPECT_NEAR(values[RankedAverages::MicroPlace(metric)],
                averages.Micro(metric), 1e-15);
    EXPECT_NEAR(values[RankedAverages::WeightedPlace(metric)],
                averages.Weighted(metric), 1e-15);
  }
}

TEST(RankedAveragesTest, ATargetWithoutPositivesWeighsNothing) {
  const std::vector<double> values = OnResample(TwoTargets(), {1, 0, 1, 1});
  EXPECT_EQ(values[RankedAverages::WeightedPlace(RankMetric::kAuroc)], 1.0);
}

TEST(RankedAveragesTest, AResampleWithoutPositivesIsUndefined) {
  const std::vector<double> values = OnResample(TwoTargets(), {4, 0, 0, 0});
  for (const double value : values) EXPECT_TRUE(std::isnan(value));
}

}  // namespace
}  // namespace cxr
