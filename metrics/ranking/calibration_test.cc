// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/calibration.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

using Bins = std::vector<ReliabilityBin>;

Bins EqualWidth(const std::vector<double>& probabilities,
                const std::vector<uint8_t>& labels, EqualWidthOptions options) {
  const auto bins = EqualWidthReliability(probabilities, labels, options);
  EXPECT_TRUE(bins.ok()) << bins.status();
  return *bins;
}

Bins EqualMass(const std::vector<double>& probabilities,
               const std::vector<uint8_t>& labels, int count) {
  const auto bins = EqualMassReliability(probabilities, labels, count);
  EXPECT_TRUE(bins.ok()) << bins.status();
  return *bins;
}

// As scikit-learn lists bins: empty ones left out.
void ExpectBins(const Bins& bins, const double* expected) {
  double filled = 0.0;
  double moment = 0.0;
  for (const ReliabilityBin& bin : bins) {
    if (bin.count == 0) continue;
    filled += 1.0;
    moment += filled * (bin.positive_fraction + 2.0 * bin.mean_probability);
  }
  ExpectGolden(filled, expected[0]);
  ExpectGolden(moment, expected[1]);
}

// testdata/make_columns_golden.py
TEST(ReliabilityTest, AgreesWithScikitLearn) {
  for (const GoldenCase& golden :
       ReadGoldenCases("probability_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ColumnCase column = MakeColumnCase(golden.number);
    ExpectBins(EqualWidth(column.scores, column.labels,
                          {.convention = BinConvention::kScikitLearn16}),
               &golden.values[3]);
    ExpectBins(EqualMass(column.scores, column.labels, 10), &golden.values[5]);
  }
}

void ExpectTorchmetrics(const std::string& file, BinConvention convention) {
  int compared = 0;
  for (const GoldenCase& golden : ReadGoldenCases(file)) {
    SCOPED_TRACE(golden.number);
    if (std::isnan(golden.values[2])) continue;
    ++compared;
    const ColumnCase column = MakeColumnCase(golden.number);
    const std::vector<float> floats = column.FloatScores();
    const std::vector<double> widened(floats.begin(), floats.end());
    const Bins bins = EqualWidth(widened, column.labels,
                                 {.bins = 15, .convention = convention});
    ExpectGolden(CalibrationError(bins, CalibrationNorm::kMean),
                 golden.values[2], 1e-6);
    ExpectGolden(CalibrationError(bins, CalibrationNorm::kRootMeanSquared),
                 golden.values[3], 1e-6);
    ExpectGolden(CalibrationError(bins, CalibrationNorm::kLargest),
                 golden.values[4], 1e-6);
  }
  EXPECT_GE(compared, 500);
}

// testdata/make_torchmetrics_golden.py
TEST(CalibrationErrorTest, AgreesWithTorchmetrics) {
  ExpectTorchmetrics("torchmetrics_0_10_3_golden.csv",
                     BinConvention::kTorchmetrics010);
  ExpectTorchmetrics("torchmetrics_1_9_0_golden.csv",
                     BinConvention::kTorchmetrics19);
}

TEST(CalibrationErrorTest, NormsWeighBinsByTheirExamples) {
  // Distances .25 (three examples) and .5 (one example).
  const Bins bins =
      EqualWidth({0.25, 0.25, 0.25, 0.5}, {0, 0, 0, 1}, {.bins = 2});
  EXPECT_DOUBLE_EQ(CalibrationError(bins, CalibrationNorm::kMean),
                   (3 * 0.25 + 0.5) / 4);
  EXPECT_DOUBLE_EQ(CalibrationError(bins, CalibrationNorm::kRootMeanSquared),
                   std::sqrt((3 * 0.0625 + 0.25) / 4));
  EXPECT_DOUBLE_EQ(CalibrationError(bins, CalibrationNorm::kLargest), 0.5);
}

TEST(CalibrationErrorTest, NothingIsUndefined) {
  EXPECT_TRUE(std::isnan(CalibrationError({}, CalibrationNorm::kMean)));
  const Bins empty = EqualWidth({}, {}, {});
  EXPECT_EQ(empty.size(), 16u);
  EXPECT_TRUE(std::isnan(empty[0].mean_probability));
  EXPECT_TRUE(std::isnan(CalibrationError(empty, CalibrationNorm::kLargest)));
}

int64_t BinOf(double probability, BinConvention convention) {
  const Bins bins =
      EqualWidth({probability}, {0}, {.bins = 2, .convention = convention});
  for (size_t k = 0; k < bins.size(); ++k) {
    if (bins[k].count == 1) return static_cast<int64_t>(k);
  }
  return -1;
}

TEST(ReliabilityTest, EdgesBelongWhereTheConventionSays) {
  for (const BinConvention upper :
       {BinConvention::kScikitLearn16, BinConvention::kTorchmetrics010}) {
    EXPECT_EQ(BinOf(0.0, upper), 0);
    EXPECT_EQ(BinOf(0.5, upper), 0);
    EXPECT_EQ(BinOf(0.51, upper), 1);
    EXPECT_EQ(BinOf(1.0, upper), 1);
  }
  EXPECT_EQ(BinOf(0.0, BinConvention::kTorchmetrics19), 0);
  EXPECT_EQ(BinOf(0.5, BinConvention::kTorchmetrics19), 1);
  EXPECT_EQ(BinOf(1.0, BinConvention::kTorchmetrics19), 2);
}

TEST(ReliabilityTest, EqualMassBinsHoldEquallyManyExamples) {
  std::vector<double> probabilities;
  for (int i = 0; i < 100; ++i) probabilities.push_back(i * i / 1e4);
  const std::vector<uint8_t> labels(100, 1);
  for (const ReliabilityBin& bin : EqualMass(probabilities, labels, 5)) {
    EXPECT_EQ(bin.count, 20);
    EXPECT_EQ(bin.positives, 20);
  }
}

TEST(ReliabilityAccumulatorTest, BatchesAndMergesGiveTheBinsOfOneBatch) {
  const ColumnCase column = MakeColumnCase(1);
  const auto scores = absl::MakeConstSpan(column.scores);
  const auto labels = absl::MakeConstSpan(column.labels);
  const auto half = scores.size() / 2;
  auto first = ReliabilityAccumulator::Create({});
  auto second = ReliabilityAccumulator::Create({});
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_TRUE(first->Add(scores.subspan(half), labels.subspan(half)).ok());
  ASSERT_TRUE(second->Add(scores.first(half), labels.first(half)).ok());
  first->Merge(*second);
  const Bins merged = first->Finish();
  const Bins once = EqualWidth(column.scores, column.labels, {});
  ASSERT_EQ(merged.size(), once.size());
  for (size_t k = 0; k < once.size(); ++k) {
    EXPECT_EQ(merged[k].count, once[k].count);
    EXPECT_EQ(merged[k].positives, once[k].positives);
    if (once[k].count == 0) continue;
    EXPECT_EQ(merged[k].mean_probability, once[k].mean_probability);
  }
}

TEST(ReliabilityTest, RefusesBadInput) {
  EXPECT_EQ(EqualWidthReliability({.5}, {1}, {.bins = 0}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(EqualWidthReliability({1.5}, {1}, {}).ok());
  EXPECT_FALSE(EqualMassReliability({}, {}, 5).ok());
  EXPECT_FALSE(EqualMassReliability({.5}, {1}, -1).ok());
  EXPECT_FALSE(EqualMassReliability({.5}, {2}, 5).ok());
}

TEST(ReliabilityAccumulatorDeathTest, OtherBinsCannotBeMerged) {
  auto first = ReliabilityAccumulator::Create({.bins = 10});
  const auto second = ReliabilityAccumulator::Create({.bins = 11});
  EXPECT_DEATH(first->Merge(*second), "the same options");
}

}  // namespace
}  // namespace cxr::metrics
