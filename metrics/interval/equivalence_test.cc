// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/equivalence.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"
#include "metrics/interval/normal.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> Sixteenths(int64_t count, GoldenInputs* inputs) {
  std::vector<double> numbers = inputs->Integers(count, -20, 20);
  for (double& number : numbers) number /= 16.0;
  return numbers;
}

// testdata/make_inference_golden.py
TEST(EquivalenceTest, PairsAgreeWithStatsmodels) {
  GoldenInputs inputs(7);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/equivalence_golden.csv")) {
    SCOPED_TRACE(testing::PrintToString(row));
    const int64_t pairs = inputs.Integer(2, 30);
    const std::vector<double> first = Sixteenths(pairs, &inputs);
    const std::vector<double> second = Sixteenths(pairs, &inputs);
    const double low = -static_cast<double>(inputs.Integer(1, 16)) / 16.0;
    const double high = static_cast<double>(inputs.Integer(1, 16)) / 16.0;
    ++cases;
    if (std::isnan(GoldenNumber(row[0])) || std::isnan(GoldenNumber(row[1]))) {
      continue;  // no variation, on the margin
    }
    const EquivalenceTest test =
        *TestPairedEquivalence(first, second, {.low = low, .high = high}, 0.05);
    EXPECT_LT(GoldenError(test.p_low, GoldenNumber(row[0]), 1e-6), 1e-12);
    EXPECT_LT(GoldenError(test.p_high, GoldenNumber(row[1]), 1e-6), 1e-12);
    EXPECT_LT(GoldenError(test.interval.low, GoldenNumber(row[2]), 0.1), 1e-12);
  }
  EXPECT_EQ(cases, 1000);
}

TEST(EquivalenceTest, NormalPValuesAreTails) {
  const EquivalenceTest test = *TestEquivalence(
      {.difference = 0.2, .standard_error = 0.5}, {.low = -1, .high = 1}, 0.05);
  EXPECT_EQ(test.p_low, NormalSurvival(1.2 / 0.5));
  EXPECT_EQ(test.p_high, NormalSurvival(0.8 / 0.5));
  EXPECT_EQ(test.p, test.p_high);
  EXPECT_NEAR(test.interval.high, 0.2 + 0.5 * 1.6448536269514722, 1e-15);
  EXPECT_FALSE(test.equivalent);
}

TEST(EquivalenceTest, EquivalentIffTheIntervalLiesInsideTheMargin) {
  GoldenInputs inputs(51);
  int equivalent = 0;
  for (int round = 0; round < 1000; ++round) {
    const MeasuredDifference measured = {
        .difference = inputs.Uniform() - 0.5,
        .standard_error = 0.5 * inputs.Uniform(),
        .degrees_of_freedom = static_cast<double>(inputs.Integer(1, 20))};
    const EquivalenceMargin margin = {.low = -inputs.Uniform(),
                                      .high = inputs.Uniform()};
    const EquivalenceTest test = *TestEquivalence(measured, margin, 0.05);
    EXPECT_EQ(test.equivalent, margin.low < test.interval.low &&
                                   test.interval.high < margin.high);
    equivalent += test.equivalent;
  }
  EXPECT_GT(equivalent, 100);
  EXPECT_LT(equivalent, 900);
}

TEST(EquivalenceTest, MarginWithoutAnEndTestsNonInferiority) {
  const EquivalenceTest test =
      *TestEquivalence({.difference = 3.0, .standard_error = 1.0},
                       {.low = -1.0, .high = kInfinity}, 0.05);
  EXPECT_EQ(test.p_high, 0.0);
  EXPECT_EQ(test.p, NormalSurvival(4.0));
  EXPECT_TRUE(test.equivalent);
}

TEST(EquivalenceTest, WithoutVariationThePlaceDecides) {
  const EquivalenceMargin margin = {.low = -1.0, .high = 1.0};
  const EquivalenceTest inside =
      *TestPairedEquivalence({1.5, 2.5}, {1.0, 2.0}, margin, 0.05);
  EXPECT_EQ(inside.p, 0.0);
  EXPECT_TRUE(inside.equivalent);
  const EquivalenceTest on_the_end =
      *TestPairedEquivalence({2.0, 3.0}, {1.0, 2.0}, margin, 0.05);
  EXPECT_EQ(on_the_end.p_low, 0.0);
  EXPECT_EQ(on_the_end.p_high, 1.0);
  EXPECT_FALSE(on_the_end.equivalent);
}

TEST(EquivalenceTest, OnePairAndNanAreUndefined) {
  const EquivalenceMargin margin = {.low = -1.0, .high = 1.0};
  const EquivalenceTest one =
      *TestPairedEquivalence({1.0}, {1.0}, margin, 0.05);
  EXPECT_TRUE(std::isnan(one.p));
  EXPECT_TRUE(std::isnan(one.interval.low));
  EXPECT_FALSE(one.equivalent);
  EXPECT_EQ(one.measured.difference, 0.0);
  const EquivalenceTest nan = *TestEquivalence(
      {.difference = kNan, .standard_error = 1.0}, margin, 0.05);
  EXPECT_TRUE(std::isnan(nan.p_low));
  EXPECT_FALSE(nan.equivalent);
}

// The true difference is at the end of the margin in one half of the studies,
// where at most alpha may be called equivalent, and 0 in the other.
TEST(EquivalenceTest, SizeIsAlphaAtTheMargin) {
  GoldenInputs inputs(52);
  constexpr int kStudies = 2000;
  int wrong = 0;
  int right = 0;
  for (int study = 0; study < kStudies; ++study) {
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < 15; ++i) {
      first.push_back(NormalQuantile(inputs.Uniform()));
      second.push_back(first.back() + NormalQuantile(inputs.Uniform()));
    }
    const auto equivalent = [&](double low, double high) {
      return TestPairedEquivalence(first, second, {.low = low, .high = high},
                                   0.05)
          ->equivalent;
    };
    wrong += equivalent(0.0, 2.0);
    right += equivalent(-1.0, 1.0);
  }
  EXPECT_NEAR(wrong, 0.05 * kStudies, 39);  // four standard deviations
  EXPECT_GT(right, 0.8 * kStudies);
}

TEST(EquivalenceTest, BadInputIsNamed) {
  const auto expect = [](const absl::Status& status, const std::string& text) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  const MeasuredDifference good = {.difference = 0.0, .standard_error = 1.0};
  const EquivalenceMargin margin = {.low = -1.0, .high = 1.0};
  expect(
      TestEquivalence({.difference = 0.0, .standard_error = -1.0}, margin, 0.05)
          .status(),
      "standard_error: -1");
  expect(TestEquivalence({.standard_error = 1.0, .degrees_of_freedom = 0.0},
                         margin, 0.05)
             .status(),
         "degrees_of_freedom: 0");
  expect(TestEquivalence(good, {.low = 1.0, .high = 1.0}, 0.05).status(),
         "margin: 1 to 1");
  expect(TestEquivalence(good, {.low = kNan, .high = 1.0}, 0.05).status(),
         "margin: nan to 1");
  expect(TestEquivalence(good, margin, 0.5).status(), "alpha: 0.5");
  expect(TestPairedEquivalence({1.0}, {}, margin, 0.05).status(),
         "1 first and 0 second");
  expect(TestPairedEquivalence({}, {}, margin, 0.05).status(), "0 first");
}

}  // namespace
}  // namespace cxr::metrics
