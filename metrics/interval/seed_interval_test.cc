// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/seed_interval.h"

#include <cmath>
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

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// testdata/make_inference_golden.py
TEST(SeedIntervalTest, AgreesWithScipy) {
  GoldenInputs inputs(8);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/seed_interval_golden.csv")) {
    std::vector<double> values(inputs.Integer(2, 12));
    for (double& value : values) value = inputs.Uniform();
    const double confidence = 0.5 + inputs.Uniform() / 2.0;
    const double wanted = 0.05 + inputs.Uniform() / 4.0;
    const SeedInterval interval = *MakeSeedInterval(values, confidence);
    EXPECT_LT(GoldenError(interval.bounds.high, GoldenNumber(row[0]), 1e-3),
              1e-12);
    EXPECT_LT(GoldenError(interval.prediction.high, GoldenNumber(row[1]), 1e-3),
              1e-12);
    EXPECT_EQ(*SeedsNeeded(interval.standard_deviation, wanted, 0.95),
              GoldenNumber(row[2]));
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

// With two seeds t is that of one degree of freedom, tan(pi confidence / 2).
TEST(SeedIntervalTest, TwoSeedsByHand) {
  const SeedInterval interval = *MakeSeedInterval({0.5, 0.75}, 0.5);
  EXPECT_EQ(interval.seeds, 2);
  EXPECT_EQ(interval.mean, 0.625);
  EXPECT_NEAR(interval.standard_deviation, 0.125 * std::sqrt(2.0), 1e-16);
  EXPECT_NEAR(interval.half_width, 0.125, 1e-15);
  EXPECT_NEAR(interval.bounds.low, 0.5, 1e-15);
  EXPECT_NEAR(interval.bounds.high, 0.75, 1e-15);
  EXPECT_NEAR(interval.prediction.low, 0.625 - 0.125 * std::sqrt(3.0), 1e-15);
}

TEST(SeedIntervalTest, OneSeedHasAMeanOnly) {
  const SeedInterval interval = *MakeSeedInterval({0.5}, 0.95);
  EXPECT_EQ(interval.seeds, 1);
  EXPECT_EQ(interval.mean, 0.5);
  EXPECT_TRUE(std::isnan(interval.standard_deviation));
  EXPECT_TRUE(std::isnan(interval.half_width));
  EXPECT_TRUE(std::isnan(interval.bounds.low));
  EXPECT_TRUE(std::isnan(interval.prediction.high));
}

TEST(SeedIntervalTest, NanMakesAllNan) {
  const SeedInterval interval = *MakeSeedInterval({0.5, kNan, 0.5}, 0.95);
  EXPECT_TRUE(std::isnan(interval.mean));
  EXPECT_TRUE(std::isnan(interval.half_width));
}

TEST(SeedIntervalTest, CoversTheMeanAndTheNextSeed) {
  GoldenInputs inputs(61);
  constexpr int kStudies = 2000;
  int mean = 0;
  int next = 0;
  for (int study = 0; study < kStudies; ++study) {
    std::vector<double> values;
    for (int i = 0; i < 4; ++i) {
      values.push_back(NormalQuantile(inputs.Uniform()));
    }
    const double value = values.back();
    values.pop_back();
    const SeedInterval interval = *MakeSeedInterval(values, 0.9);
    mean += interval.bounds.low <= 0.0 && 0.0 <= interval.bounds.high;
    next +=
        interval.prediction.low <= value && value <= interval.prediction.high;
  }
  // Four standard deviations of the counts.
  EXPECT_NEAR(mean, 0.9 * kStudies, 54);
  EXPECT_NEAR(next, 0.9 * kStudies, 54);
}

TEST(SeedIntervalTest, SeedsNeededIsTheFirstThatIsEnough) {
  EXPECT_EQ(*SeedsNeeded(0.0, 0.1, 0.95), 2);
  // t^2 is z^2 + (z^4 + z^2) / (2 n) and less for so many.
  const double z2 = std::pow(NormalQuantile(0.975), 2);
  EXPECT_EQ(*SeedsNeeded(1.0, 1e-3, 0.95),
            std::ceil(z2 / 1e-6 + (z2 + 1.0) / 2.0));
  EXPECT_EQ(SeedsNeeded(1.0, 1e-9, 0.95).status().code(),
            absl::StatusCode::kOutOfRange);
}

TEST(SeedIntervalTest, BadInputIsNamed) {
  const auto expect = [](const absl::Status& status, const std::string& text) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  expect(MakeSeedInterval({}, 0.95).status(), "values: none");
  expect(MakeSeedInterval({1.0}, 1.0).status(), "confidence: 1");
  expect(SeedsNeeded(-1.0, 0.1, 0.95).status(), "standard_deviation: -1");
  expect(SeedsNeeded(kNan, 0.1, 0.95).status(), "standard_deviation: nan");
  expect(SeedsNeeded(1.0, 0.0, 0.95).status(), "half_width: 0");
  expect(SeedsNeeded(1.0, 0.1, 0.0).status(), "confidence: 0");
}

}  // namespace
}  // namespace cxr::metrics
