// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/macro.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

RankedColumn Ranked(std::vector<double> scores, std::vector<uint8_t> labels) {
  absl::StatusOr<RankedColumn> column = RankedColumn::Create(scores, labels);
  EXPECT_TRUE(column.ok()) << column.status();
  return *std::move(column);
}

// A column of AUROC .75 and average precision .8333, one with positives only
// and one with negatives only.
std::vector<RankedColumn> MixedColumns() {
  const std::vector<double> scores = {.1, .4, .35, .8};
  return {Ranked(scores, {0, 0, 1, 1}), Ranked(scores, {1, 1, 1, 1}),
          Ranked(scores, {0, 0, 0, 0})};
}

TEST(MacroMeanTest, RulesDifferOnlyOnUndefinedValues) {
  for (const UndefinedColumns rule :
       {UndefinedColumns::kNanIfAnyUndefined, UndefinedColumns::kSkipUndefined,
        UndefinedColumns::kCountAsZero}) {
    EXPECT_DOUBLE_EQ(MacroMean({0.5, 0.75, 1.0}, rule), 0.75);
  }
  const std::vector<double> values = {0.5, kNan, 1.0};
  EXPECT_TRUE(
      std::isnan(MacroMean(values, UndefinedColumns::kNanIfAnyUndefined)));
  EXPECT_DOUBLE_EQ(MacroMean(values, UndefinedColumns::kSkipUndefined), 0.75);
  EXPECT_DOUBLE_EQ(MacroMean(values, UndefinedColumns::kCountAsZero), 0.5);
}

TEST(MacroMeanTest, NothingToAverageIsUndefined) {
  EXPECT_TRUE(std::isnan(MacroMean({}, UndefinedColumns::kCountAsZero)));
  EXPECT_TRUE(std::isnan(MacroMean({kNan}, UndefinedColumns::kSkipUndefined)));
}

// scikit-learn 1.6.1: np.mean(roc_auc_score(..., average=None)) and
// average_precision_score of the three columns.
TEST(MacroTest, ScikitLearnRulesOnOneClassColumns) {
  const std::vector<RankedColumn> columns = MixedColumns();
  EXPECT_TRUE(std::isnan(MacroAuroc(columns, CurveConvention::kScikitLearn16)));
  EXPECT_NEAR(MacroAveragePrecision(columns, CurveConvention::kScikitLearn16),
              (5.0 / 6.0 + 1.0 + 0.0) / 3.0, 1e-12);
}

// torchmetrics 0.10.3: MultilabelAUROC and MultilabelAveragePrecision, exact
// curves, gave .25 and .9167 for the three columns.
TEST(MacroTest, TorchmetricsRulesOnOneClassColumns) {
  const std::vector<RankedColumn> columns = MixedColumns();
  EXPECT_NEAR(MacroAuroc(columns, CurveConvention::kTorchmetrics010),
              (0.75 + 0.0 + 0.0) / 3.0, 1e-12);
  EXPECT_NEAR(MacroAveragePrecision(columns, CurveConvention::kTorchmetrics010),
              (5.0 / 6.0 + 1.0) / 2.0, 1e-12);
}

TEST(MacroTest, ConventionsAgreeWithoutOneClassColumns) {
  const std::vector<RankedColumn> columns = {
      Ranked({.1, .4, .35, .8}, {0, 0, 1, 1}), Ranked({.8, .9, .1}, {0, 0, 1})};
  for (const CurveConvention convention :
       {CurveConvention::kScikitLearn16, CurveConvention::kTorchmetrics010}) {
    EXPECT_NEAR(MacroAuroc(columns, convention), 0.375, 1e-12);
    EXPECT_NEAR(MacroAveragePrecision(columns, convention),
                (5.0 / 6.0 + 1.0 / 3.0) / 2.0, 1e-12);
  }
}

}  // namespace
}  // namespace cxr::metrics
