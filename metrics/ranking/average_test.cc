// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/average.h"

#include <cmath>
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

constexpr CurveConvention kScikitLearn = CurveConvention::kScikitLearn16;
constexpr CurveConvention kOld = CurveConvention::kTorchmetrics010;
constexpr CurveConvention kNew = CurveConvention::kTorchmetrics19;

double Value(const absl::StatusOr<double>& value) {
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() ? *value : std::numeric_limits<double>::quiet_NaN();
}

// Columns of AUROC .75 and average precision .8333, with positives only and
// with negatives only.
const std::vector<double> kScores = {.1,  .1,  .1,  .4, .4, .4,
                                     .35, .35, .35, .8, .8, .8};
const std::vector<uint8_t> kLabels = {0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0};
const ScoreTable kMixed = {.scores = kScores, .labels = kLabels, .columns = 3};

TEST(AverageTest, OneClassColumnsFollowScikitLearn) {
  EXPECT_TRUE(
      std::isnan(Value(AverageAuroc(kMixed, Averaging::kMacro, kScikitLearn))));
  ExpectGolden(
      Value(AverageAveragePrecision(kMixed, Averaging::kMacro, kScikitLearn)),
      (5.0 / 6.0 + 1.0) / 3.0);
}

// torchmetrics 0.10.3 and 1.9.0: multilabel_auroc and
// multilabel_average_precision of the three columns.
TEST(AverageTest, OneClassColumnsFollowTorchmetrics) {
  struct Golden {
    Averaging averaging;
    CurveConvention convention;
    double auroc;
    double average_precision;
  };
  const std::vector<Golden> table = {
      {Averaging::kMacro, kOld, .25, .9166667},
      {Averaging::kMicro, kOld, .5833333, .5740741},
      {Averaging::kWeighted, kOld, .25, .9444444},
      {Averaging::kMacro, kNew, .25, .6111111},
      {Averaging::kMicro, kNew, .5833333, .5740741},
      {Averaging::kWeighted, kNew, .25, .9444444},
  };
  for (const Golden& golden : table) {
    ExpectGolden(
        Value(AverageAuroc(kMixed, golden.averaging, golden.convention)),
        golden.auroc, 1e-6);
    ExpectGolden(Value(AverageAveragePrecision(kMixed, golden.averaging,
                                               golden.convention)),
                 golden.average_precision, 1e-6);
  }
}

// One column of one class: each convention's own value.
TEST(AverageTest, SingleClassColumnsHaveTheValuesOfTheirConvention) {
  const std::vector<double> scores = {.1, .2};
  const auto table = [&scores](const std::vector<uint8_t>& labels) {
    return ScoreTable{.scores = scores, .labels = labels, .columns = 1};
  };
  for (const std::vector<uint8_t>& labels :
       {std::vector<uint8_t>{0, 0}, std::vector<uint8_t>{1, 1}}) {
    const auto auroc = [&](CurveConvention convention) {
      return Value(AverageAuroc(table(labels), Averaging::kMacro, convention));
    };
    EXPECT_TRUE(std::isnan(auroc(kScikitLearn)));
    EXPECT_EQ(auroc(kOld), 0.0);
    EXPECT_EQ(auroc(kNew), 0.0);
  }
  const auto precision = [&](const std::vector<uint8_t>& labels,
                             CurveConvention convention) {
    return Value(
        AverageAveragePrecision(table(labels), Averaging::kMacro, convention));
  };
  EXPECT_EQ(precision({0, 0}, kScikitLearn), 0.0);
  EXPECT_TRUE(std::isnan(precision({0, 0}, kOld)));
  EXPECT_EQ(precision({0, 0}, kNew), 0.0);
  for (const CurveConvention convention : {kScikitLearn, kOld, kNew}) {
    EXPECT_EQ(precision({1, 1}, convention), 1.0);
  }
}

ScoreTable View(const TableCase& table) {
  return {
      .scores = table.scores, .labels = table.labels, .columns = table.columns};
}

void ExpectAverages(const GoldenCase& golden, size_t first,
                    const std::vector<Averaging>& averagings,
                    CurveConvention convention, double tolerance) {
  SCOPED_TRACE(golden.number);
  const TableCase table = MakeTableCase(golden.number);
  for (size_t k = 0; k < averagings.size(); ++k) {
    ExpectGolden(Value(AverageAuroc(View(table), averagings[k], convention)),
                 golden.values[first + k], tolerance);
    ExpectGolden(
        Value(AverageAveragePrecision(View(table), averagings[k], convention)),
        golden.values[first + averagings.size() + k], tolerance);
  }
}

// testdata/make_columns_golden.py
TEST(AverageTest, AgreesWithScikitLearn) {
  for (const GoldenCase& golden : ReadGoldenCases("averages_golden.csv")) {
    ExpectAverages(golden, 0,
                   {Averaging::kMacro, Averaging::kMicro, Averaging::kWeighted,
                    Averaging::kSamples},
                   kScikitLearn, 1e-12);
  }
}

// testdata/make_torchmetrics_golden.py. A column is a table of one column.
void ExpectTorchmetrics(const std::string& file, CurveConvention convention) {
  for (const GoldenCase& golden : ReadGoldenCases(file)) {
    ExpectAverages(golden, 5,
                   {Averaging::kMacro, Averaging::kMicro, Averaging::kWeighted},
                   convention, 1e-6);
    const ColumnCase column = MakeColumnCase(golden.number);
    const ScoreTable one = {
        .scores = column.scores, .labels = column.labels, .columns = 1};
    ExpectGolden(Value(AverageAuroc(one, Averaging::kMacro, convention)),
                 golden.values[0], 1e-6);
    ExpectGolden(
        Value(AverageAveragePrecision(one, Averaging::kMacro, convention)),
        golden.values[1], 1e-6);
  }
}

TEST(AverageTest, AgreesWithTorchmetrics) {
  ExpectTorchmetrics("torchmetrics_0_10_3_golden.csv", kOld);
  ExpectTorchmetrics("torchmetrics_1_9_0_golden.csv", kNew);
}

// Logits that the float32 sigmoid makes equal.
TEST(AverageTest, TorchmetricsRanksSigmoidsOfLogits) {
  const std::vector<double> logits = {20, 18, 17.5, 30, -110, -120};
  const std::vector<uint8_t> labels = {0, 1, 0, 1, 0, 1};
  const ScoreTable table = {.scores = logits, .labels = labels, .columns = 1};
  ExpectGolden(Value(AverageAuroc(table, Averaging::kMacro, kScikitLearn)),
               .5555555555555556);
  EXPECT_EQ(Value(AverageAuroc(table, Averaging::kMacro, kOld)), .5);
  EXPECT_EQ(Value(AverageAveragePrecision(table, Averaging::kMacro, kNew)), .5);
}

TEST(TorchmetricsScoresTest, OneScoreOutsideTheUnitIntervalChangesAll) {
  EXPECT_EQ(TorchmetricsScores({0.0f, 0.25f, 1.0f}),
            (std::vector<float>{0.0f, 0.25f, 1.0f}));
  const std::vector<float> changed = TorchmetricsScores({0.0f, 30.0f});
  EXPECT_EQ(changed, (std::vector<float>{0.5f, 1.0f}));
}

TEST(AverageTest, RefusesBadTables) {
  const std::vector<double> scores = {.1, .2, .3};
  const std::vector<uint8_t> labels = {0, 1, 2};
  const auto status = [&](int64_t columns, size_t cells) {
    return AverageAuroc({.scores = absl::MakeConstSpan(scores).first(cells),
                         .labels = absl::MakeConstSpan(labels).first(cells),
                         .columns = columns},
                        Averaging::kMacro, kScikitLearn)
        .status();
  };
  EXPECT_EQ(status(2, 3).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status(0, 3).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status(1, 0).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status(1, 3).message()), HasSubstr("labels[2]: 2"));
  EXPECT_EQ(AverageAuroc(kMixed, Averaging::kSamples, kNew).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace cxr::metrics
