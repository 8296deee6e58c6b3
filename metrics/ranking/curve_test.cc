// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/curve.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/ranking/golden_testing.h"

namespace cxr::metrics {
namespace {

// sum over points k = 1, 2, ... of k * factor * value, finite values only.
class Moment {
 public:
  void Add(size_t k, double factor, double value) {
    if (std::isfinite(value)) sum_ += factor * value * static_cast<double>(k);
  }
  double sum() const { return sum_; }

 private:
  double sum_ = 0.0;
};

double MomentOf(const std::vector<RocPoint>& curve) {
  Moment moment;
  for (size_t k = 0; k < curve.size(); ++k) {
    moment.Add(k + 1, 1, curve[k].false_positive_rate);
    moment.Add(k + 1, 2, curve[k].true_positive_rate);
    moment.Add(k + 1, 3, curve[k].threshold);
  }
  return moment.sum();
}

double MomentOf(const std::vector<PrecisionRecallPoint>& curve) {
  Moment moment;
  for (size_t k = 0; k < curve.size(); ++k) {
    moment.Add(k + 1, 1, curve[k].precision);
    moment.Add(k + 1, 2, curve[k].recall);
    moment.Add(k + 1, 3, curve[k].threshold);
  }
  return moment.sum();
}

// testdata/make_columns_golden.py
TEST(CurveTest, CurvesOfManyPointsAgreeWithScikitLearn) {
  for (const GoldenCase& golden : ReadGoldenCases("ranking_cases_golden.csv")) {
    SCOPED_TRACE(golden.number);
    const ThresholdCounts counts = CountsOf(MakeColumnCase(golden.number));
    for (const CurvePoints points :
         {CurvePoints::kAll, CurvePoints::kDropIntermediate}) {
      const size_t column = points == CurvePoints::kAll ? 4 : 6;
      const auto roc = RocCurve(counts, points);
      ExpectGolden(static_cast<double>(roc.size()), golden.values[column]);
      ExpectGolden(MomentOf(roc), golden.values[column + 1]);
      const auto pr = PrecisionRecallCurve(counts, points);
      ExpectGolden(static_cast<double>(pr.size()), golden.values[column + 4]);
      ExpectGolden(MomentOf(pr), golden.values[column + 5]);
    }
  }
}

// testdata/make_columns_golden.py
TEST(CurveTest, SmallCurvesAgreeWithScikitLearnPointByPoint) {
  const auto rows =
      ReadGoldenCsv("metrics/ranking/testdata/small_curves_golden.csv");
  ASSERT_GE(rows.size(), 100u);
  for (const std::vector<std::string>& row : rows) {
    SCOPED_TRACE(row[0]);
    const ThresholdCounts counts =
        CountsOf(MakeColumnCase(std::stoull(row[0]), 12));
    const auto points =
        row[1] == "1" ? CurvePoints::kDropIntermediate : CurvePoints::kAll;
    const auto roc = RocCurve(counts, points);
    ASSERT_EQ(GoldenNumbers<double>(row[2]).size(), roc.size());
    for (size_t k = 0; k < roc.size(); ++k) {
      ExpectGolden(roc[k].false_positive_rate,
                   GoldenNumbers<double>(row[2])[k]);
      ExpectGolden(roc[k].true_positive_rate, GoldenNumbers<double>(row[3])[k]);
      ExpectGolden(roc[k].threshold, GoldenNumbers<double>(row[4])[k]);
    }
    const auto pr = PrecisionRecallCurve(counts, points);
    ASSERT_EQ(GoldenNumbers<double>(row[5]).size(), pr.size());
    ASSERT_EQ(GoldenNumbers<double>(row[7]).size() + 1, pr.size());
    for (size_t k = 0; k < pr.size(); ++k) {
      ExpectGolden(pr[k].precision, GoldenNumbers<double>(row[5])[k]);
      ExpectGolden(pr[k].recall, GoldenNumbers<double>(row[6])[k]);
      ExpectGolden(pr[k].threshold, k + 1 == pr.size()
                                        ? std::nan("")
                                        : GoldenNumbers<double>(row[7])[k]);
    }
  }
}

TEST(CurveTest, TheEndsOfCurvesAreFixed) {
  const ThresholdCounts counts =
      CountsOf({.scores = {.1, .4, .35, .8}, .labels = {0, 0, 1, 1}});
  const auto roc = RocCurve(counts, CurvePoints::kAll);
  EXPECT_TRUE(std::isinf(roc.front().threshold));
  EXPECT_EQ(roc.front().false_positive_rate, 0.0);
  EXPECT_EQ(roc.front().true_positive_rate, 0.0);
  EXPECT_EQ(roc.back().false_positive_rate, 1.0);
  EXPECT_EQ(roc.back().true_positive_rate, 1.0);
  const auto pr = PrecisionRecallCurve(counts, CurvePoints::kAll);
  EXPECT_EQ(pr.back().precision, 1.0);
  EXPECT_EQ(pr.back().recall, 0.0);
}

TEST(CurveTest, RatesOfAMissingClassFollowScikitLearn) {
  const ThresholdCounts negatives =
      CountsOf({.scores = {.1, .4}, .labels = {0, 0}});
  for (const RocPoint& point : RocCurve(negatives, CurvePoints::kAll)) {
    EXPECT_TRUE(std::isnan(point.true_positive_rate));
    EXPECT_FALSE(std::isnan(point.false_positive_rate));
  }
  const auto pr = PrecisionRecallCurve(negatives, CurvePoints::kAll);
  EXPECT_EQ(pr[0].recall, 1.0);
  EXPECT_EQ(pr[0].precision, 0.0);
  const ThresholdCounts positives =
      CountsOf({.scores = {.1, .4}, .labels = {1, 1}});
  for (const RocPoint& point : RocCurve(positives, CurvePoints::kAll)) {
    EXPECT_TRUE(std::isnan(point.false_positive_rate));
  }
}

TEST(CurveTest, DroppedPointsLeaveTheAreaAsItIs) {
  for (uint64_t number = 0; number < 200; ++number) {
    const ThresholdCounts counts = CountsOf(MakeColumnCase(number));
    const auto curve = RocCurve(counts, CurvePoints::kDropIntermediate);
    double area = 0.0;
    for (size_t k = 1; k < curve.size(); ++k) {
      area +=
          (curve[k].false_positive_rate - curve[k - 1].false_positive_rate) *
          (curve[k].true_positive_rate + curve[k - 1].true_positive_rate) / 2.0;
    }
    ExpectGolden(area, Auroc(counts));
  }
}

}  // namespace
}  // namespace cxr::metrics
