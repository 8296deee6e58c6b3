// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/proportion.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

// testdata/make_inference_golden.py
TEST(ProportionTest, AgreesWithScipyAndStatsmodels) {
  GoldenInputs inputs(3);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/proportion_golden.csv")) {
    constexpr int64_t kTrials[] = {12, 300, 30000};
    const int64_t trials = inputs.Integer(1, kTrials[cases % 3]);
    int64_t successes = inputs.Integer(0, trials);
    if (cases % 4 == 0) {
      successes = std::min(successes, inputs.Integer(0, 5));
    }
    const double confidence = 0.5 + inputs.Uniform() / 2.0;
    SCOPED_TRACE(testing::Message()
                 << successes << " of " << trials << " at " << confidence);
    const Bounds wilson = *WilsonBounds(successes, trials, confidence);
    const Bounds exact = *ClopperPearsonBounds(successes, trials, confidence);
    EXPECT_LT(GoldenError(wilson.low, GoldenNumber(row[0]), 1e-3), 1e-12);
    EXPECT_LT(GoldenError(wilson.high, GoldenNumber(row[1]), 1e-3), 1e-12);
    EXPECT_LT(GoldenError(exact.low, GoldenNumber(row[2]), 1e-3), 1e-12);
    EXPECT_LT(GoldenError(exact.high, GoldenNumber(row[3]), 1e-3), 1e-12);
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

// (alpha / 2)^(1 / n), and the "rule of three" above nearly.
TEST(ProportionTest, NoSuccessHasAClosedForm) {
  const Bounds none = *ClopperPearsonBounds(0, 20, 0.95);
  EXPECT_EQ(none.low, 0.0);
  EXPECT_NEAR(none.high, 1.0 - std::pow(0.025, 1.0 / 20.0), 1e-14);
  const Bounds all = *ClopperPearsonBounds(20, 20, 0.95);
  EXPECT_NEAR(all.low, std::pow(0.025, 1.0 / 20.0), 1e-14);
  EXPECT_EQ(all.high, 1.0);
  EXPECT_EQ(WilsonBounds(0, 20, 0.95)->low, 0.0);
  EXPECT_EQ(WilsonBounds(20, 20, 0.95)->high, 1.0);
}

// The chance that the interval of k successes holds `rate`, over all k.
template <typename MakeBounds>
double Coverage(const MakeBounds& bounds, int64_t trials, double rate) {
  double chance = std::pow(1.0 - rate, static_cast<double>(trials));
  double covered = 0.0;
  for (int64_t k = 0; k <= trials; ++k) {
    const Bounds interval = *bounds(k, trials, 0.95);
    if (interval.low <= rate && rate <= interval.high) covered += chance;
    chance *= static_cast<double>(trials - k) / static_cast<double>(k + 1) *
              rate / (1.0 - rate);
  }
  return covered;
}

TEST(ProportionTest, ExactBoundsCoverAtLeastAndWilsonOnAverage) {
  double wilson = 0.0;
  constexpr int kRates = 99;
  for (int i = 1; i <= kRates; ++i) {
    const double rate = i / (kRates + 1.0);
    EXPECT_GE(Coverage(ClopperPearsonBounds, 40, rate), 0.95) << rate;
    wilson += Coverage(WilsonBounds, 40, rate) / kRates;
  }
  EXPECT_NEAR(wilson, 0.95, 0.005);
}

TEST(ProportionTest, NoTrialIsUndefined) {
  EXPECT_TRUE(std::isnan(WilsonBounds(0, 0, 0.95)->low));
  EXPECT_TRUE(std::isnan(ClopperPearsonBounds(0, 0, 0.95)->high));
}

TEST(ProportionTest, BadInputIsNamed) {
  const auto expect = [](const absl::Status& status, const std::string& text) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(text));
  };
  expect(WilsonBounds(3, 2, 0.95).status(), "successes: 3 of 2");
  expect(WilsonBounds(-1, 2, 0.95).status(), "successes: -1");
  expect(ClopperPearsonBounds(1, 2, 1.0).status(), "confidence: 1");
  expect(ClopperPearsonBounds(1, 2, std::nan("")).status(), "confidence: nan");
}

}  // namespace
}  // namespace cxr::metrics
