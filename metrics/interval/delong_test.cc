// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/delong.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"
#include "metrics/interval/normal.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

using Labels = std::vector<uint8_t>;
using Scores = std::vector<double>;

const Labels kTen = {0, 0, 1, 1, 0, 1, 0, 1, 1, 0};
const Scores kFirst = {.1, .4, .35, .8, .35, .9, .2, .35, .6, .7};
const Scores kSecond = {.2, .3, .5, .7, .4, .8, .1, .2, .9, .6};

DelongAurocs Measure(const std::vector<Scores>& systems, const Labels& labels) {
  const std::vector<absl::Span<const double>> scores(systems.begin(),
                                                     systems.end());
  absl::StatusOr<DelongAurocs> aurocs = Delong(scores, labels);
  EXPECT_TRUE(aurocs.ok()) << aurocs.status();
  return *std::move(aurocs);
}

// Of normal scores, those of positives higher by `shift`.
struct Study {
  Labels labels;
  Scores scores;
};

Study DrawStudy(int positives, int negatives, double shift,
                GoldenInputs* inputs) {
  Study study;
  for (int i = 0; i < positives + negatives; ++i) {
    study.labels.push_back(i < positives);
    study.scores.push_back(NormalQuantile(inputs->Uniform()) +
                           shift * study.labels.back());
  }
  return study;
}

// testdata/make_inference_golden.py
TEST(DelongTest, AgreesWithStructuralComponentsInNumpy) {
  GoldenInputs inputs(4);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/delong_golden.csv")) {
    SCOPED_TRACE(testing::PrintToString(row));
    const int64_t n = inputs.Integer(5, 40);
    const int64_t levels = inputs.Integer(2, 60);
    const Scores numbers = inputs.Integers(n, 0, 1);
    Labels labels(numbers.begin(), numbers.end());
    for (int i = 0; i < 4; ++i) labels[i] = i % 2;
    const int64_t shifts[] = {inputs.Integer(0, 9), inputs.Integer(0, 9)};
    std::vector<Scores> systems;
    for (const int64_t shift : shifts) {
      systems.push_back(inputs.Integers(n, 0, levels));
      for (int64_t i = 0; i < n; ++i) {
        systems.back()[i] += static_cast<double>(shift * labels[i]);
      }
    }
    const DelongAurocs aurocs = Measure(systems, labels);
    EXPECT_NEAR(aurocs.aurocs[0], GoldenNumber(row[0]), 1e-14);
    EXPECT_NEAR(aurocs.aurocs[1], GoldenNumber(row[1]), 1e-14);
    EXPECT_NEAR(aurocs.Variance(0), GoldenNumber(row[2]), 1e-14);
    EXPECT_NEAR(aurocs.Variance(1), GoldenNumber(row[3]), 1e-14);
    EXPECT_NEAR(aurocs.Covariance(1, 0), GoldenNumber(row[4]), 1e-14);
    EXPECT_NEAR(CompareDelong(aurocs, 0, 1).p, GoldenNumber(row[5]), 1e-12);
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

// A logistic regression on iris, as in the tests of the implementation by the
// authors of roc_comparison.
TEST(DelongTest, VarianceOfIrisIsThePublishedOne) {
  Labels labels;
  Scores scores;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/iris_golden.csv")) {
    labels.push_back(row[0] == "1");
    scores.push_back(GoldenNumber(row[1]));
  }
  EXPECT_NEAR(Measure({scores}, labels).Variance(0), 0.0015359814789736538,
              1e-15);
}

TEST(DelongTest, TenExamplesHaveTheRecordedValues) {
  const DelongAurocs aurocs = Measure({kFirst, kSecond}, kTen);
  EXPECT_EQ(aurocs.positives, 5);
  EXPECT_EQ(aurocs.negatives, 5);
  EXPECT_EQ(aurocs.aurocs[0], 0.76);
  EXPECT_EQ(aurocs.aurocs[1], 0.82);
  EXPECT_NEAR(aurocs.Variance(0), 0.0262, 1e-15);
  EXPECT_NEAR(aurocs.Variance(1), 0.0228, 1e-15);
  const AurocComparison comparison = CompareDelong(aurocs, 0, 1);
  EXPECT_NEAR(comparison.difference, -0.06, 1e-15);
  EXPECT_NEAR(comparison.p, 0.57075039, 1e-8);
  EXPECT_NEAR(comparison.log10_p, -0.24355378, 1e-8);
  EXPECT_EQ(CompareDelong(aurocs, 1, 0).z, -comparison.z);
}

TEST(DelongTest, BoundsMayLeaveTheRangeUnlessClipped) {
  const DelongAurocs aurocs = Measure({kFirst}, kTen);
  const Bounds bounds = DelongBounds(aurocs, 0, 0.95, AurocRange::kUnclipped);
  EXPECT_NEAR(bounds.low, 0.4427521141091936, 1e-14);
  EXPECT_NEAR(bounds.high, 1.0772478858908063, 1e-14);
  const Bounds clipped = DelongBounds(aurocs, 0, 0.95, AurocRange::kClipped);
  EXPECT_EQ(clipped.low, bounds.low);
  EXPECT_EQ(clipped.high, 1.0);
}

TEST(DelongTest, OneOfAClassLeavesTheVarianceUndefined) {
  const DelongAurocs one = Measure({{0.1, 0.2, 0.3}}, {0, 0, 1});
  EXPECT_EQ(one.aurocs[0], 1.0);
  EXPECT_TRUE(std::isnan(one.Variance(0)));
  EXPECT_TRUE(std::isnan(DelongBounds(one, 0, 0.95, AurocRange::kClipped).low));
  const DelongAurocs single = Measure({{0.1, 0.2, 0.3}}, {1, 1, 0});
  EXPECT_TRUE(std::isnan(single.Variance(0)));
  const DelongAurocs none = Measure({{0.1, 0.2}, {0.3, 0.4}}, {0, 0});
  EXPECT_TRUE(std::isnan(none.aurocs[0]));
  EXPECT_TRUE(std::isnan(CompareDelong(none, 0, 1).p));
  EXPECT_TRUE(std::isnan(CompareDelong(none, 0, 1).standard_error));
}

TEST(DelongTest, PerfectAndConstantScoresHaveNoVariance) {
  const Labels labels = {0, 0, 0, 1, 1, 1, 1};
  const DelongAurocs aurocs =
      Measure({{1, 2, 3, 4, 5, 6, 7}, {0, -0.0, 0, 0, 0, -0.0, 0}}, labels);
  EXPECT_EQ(aurocs.aurocs[0], 1.0);
  EXPECT_EQ(aurocs.aurocs[1], 0.5);
  EXPECT_EQ(aurocs.Variance(0), 0.0);
  EXPECT_EQ(aurocs.Variance(1), 0.0);
  const AurocComparison same = CompareDelong(aurocs, 0, 0);
  EXPECT_EQ(same.z, 0.0);
  EXPECT_EQ(same.p, 1.0);
  EXPECT_EQ(same.log10_p, 0.0);
  const AurocComparison different = CompareDelong(aurocs, 0, 1);
  EXPECT_EQ(different.p, 0.0);
  EXPECT_EQ(different.log10_p, -std::numeric_limits<double>::infinity());
}

// By counting pairs, beyond the size from which scores are sorted by digits: of
// both signs, with ties, and with scores that differ in their last bits only.
TEST(DelongTest, LargeColumnsAgreeWithCountingPairs) {
  GoldenInputs inputs(31);
  Study study = DrawStudy(900, 1100, 0.8, &inputs);
  for (size_t i = 0; i + 2 < study.scores.size(); i += 3) {
    study.scores[i] = std::round(8 * study.scores[i]) / 8;
    study.scores[i + 1] =
        1.0 + std::ldexp(static_cast<double>(inputs.Integer(0, 99)), -52);
  }
  std::vector<double> of_positives(900, 0.0);
  std::vector<double> of_negatives(1100, 0.0);
  double area = 0.0;
  for (int i = 0; i < 900; ++i) {
    for (int j = 0; j < 1100; ++j) {
      const double positive = study.scores[i];
      const double negative = study.scores[900 + j];
      const double beats = positive > negative    ? 1.0
                           : positive == negative ? 0.5
                                                  : 0.0;
      of_positives[i] += beats / 1100;
      of_negatives[j] += beats / 900;
    }
    area += of_positives[i] / 900;
  }
  double variance = 0.0;
  for (const std::vector<double>& part : {of_positives, of_negatives}) {
    const double n = static_cast<double>(part.size());
    for (const double v : part) {
      variance += (v - area) * (v - area) / (n - 1) / n;
    }
  }
  const DelongAurocs aurocs = Measure({study.scores}, study.labels);
  EXPECT_NEAR(aurocs.aurocs[0], area, 1e-12);
  EXPECT_NEAR(aurocs.Variance(0), variance, 1e-14);
}

TEST(DelongTest, TinyPValuesHaveALogarithm) {
  Scores good;
  Scores bad;
  Labels labels;
  for (int i = 0; i < 4000; ++i) {
    labels.push_back(i % 2);
    good.push_back(i % 2 == 1 || i % 50 == 0 ? 1.0 + i : -i);
    bad.push_back(i % 7);
  }
  const AurocComparison comparison =
      CompareDelong(Measure({good, bad}, labels), 0, 1);
  EXPECT_GT(comparison.z, 40.0);
  EXPECT_EQ(comparison.p, 0.0);
  // exp(-z^2 / 2) and a little less.
  const double bound = -comparison.z * comparison.z / 2.0 / std::log(10.0);
  EXPECT_LT(comparison.log10_p, bound);
  EXPECT_GT(comparison.log10_p, bound - 3.0);
}

TEST(DelongTest, UnpairedComparisonAddsVariances) {
  const DelongAurocs first = Measure({kFirst}, kTen);
  const DelongAurocs second = Measure({kSecond}, kTen);
  const AurocComparison comparison = CompareDelongUnpaired(first, second, 0);
  EXPECT_NEAR(comparison.standard_error, std::sqrt(0.049), 1e-15);
  EXPECT_NEAR(comparison.z, -0.06 / std::sqrt(0.049), 1e-14);
  EXPECT_NEAR(comparison.p, 2.0 * NormalCdf(comparison.z), 1e-15);
}

// Scores of both classes are normal, so the area is Phi(shift / sqrt 2).
TEST(DelongTest, IntervalCoversAndTestsHaveTheirSize) {
  GoldenInputs inputs(32);
  const double truth = NormalCdf(1.0 / std::sqrt(2.0));
  constexpr int kStudies = 1000;
  int covered = 0;
  int paired = 0;
  int unpaired = 0;
  for (int k = 0; k < kStudies; ++k) {
    const Study first = DrawStudy(60, 80, 1.0, &inputs);
    const Study second = DrawStudy(60, 80, 1.0, &inputs);
    Scores blended = first.scores;  // correlated with the first
    for (size_t i = 0; i < blended.size(); ++i) blended[i] += second.scores[i];
    const Study third = DrawStudy(60, 80, std::sqrt(2.0), &inputs);
    const DelongAurocs aurocs =
        Measure({first.scores, second.scores, blended}, first.labels);
    const Bounds bounds = DelongBounds(aurocs, 0, 0.95, AurocRange::kUnclipped);
    covered += bounds.low <= truth && truth <= bounds.high;
    paired += CompareDelong(aurocs, 0, 1).p < 0.1;
    unpaired += CompareDelongUnpaired(Measure({blended}, first.labels),
                                      Measure({third.scores}, third.labels), 0)
                    .p < 0.1;
  }
  // Four standard deviations of the counts.
  EXPECT_NEAR(covered, 0.95 * kStudies, 28);
  EXPECT_NEAR(paired, 0.1 * kStudies, 38);
  EXPECT_NEAR(unpaired, 0.1 * kStudies, 38);
}

TEST(DelongTest, BadInputIsNamed) {
  const auto expect = [](const std::vector<Scores>& systems,
                         const Labels& labels, const std::string& text) {
    const std::vector<absl::Span<const double>> scores(systems.begin(),
                                                       systems.end());
    const absl::Status status = Delong(scores, labels).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  expect({}, {0, 1}, "no system");
  expect({{}}, {}, "labels: 0 examples");
  expect({{1, 2}, {1}}, {0, 1}, "scores[1]: 1 scores, 2 labels");
  expect({{1, 2}, {1, nan}}, {0, 1}, "scores[1][1]: nan");
  expect({{1, 2}}, {0, 2}, "labels[1]: 2");
}

}  // namespace
}  // namespace cxr::metrics
