// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/interval/golden_inputs_testing.h"
#include "metrics/interval/normal.h"

namespace cxr::metrics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// testdata/make_inference_golden.py
TEST(NormalTailsTest, AgreeWithFiftyDigits) {
  GoldenInputs inputs(1);
  int cases = 0;
  for (const auto& row :
       ReadGoldenCsv("metrics/interval/testdata/normal_tails_golden.csv")) {
    SCOPED_TRACE(testing::PrintToString(row));
    const double z = (2.0 * inputs.Uniform() - 1.0) * 37.0;
    const double uniform = inputs.Uniform();
    const double p =
        std::ldexp(uniform, -static_cast<int>(inputs.Integer(1, 1000)));
    EXPECT_LT(GoldenError(NormalSurvival(z), GoldenNumber(row[0]), 0.0), 1e-12);
    EXPECT_LT(GoldenError(NormalCdf(-z), GoldenNumber(row[0]), 0.0), 1e-12);
    EXPECT_LT(GoldenError(LogNormalSurvival(z), GoldenNumber(row[1]), 0.0),
              1e-12);
    EXPECT_LT(GoldenError(NormalQuantile(p), GoldenNumber(row[2]), 0.0), 1e-14);
    ++cases;
  }
  EXPECT_EQ(cases, 1000);
}

TEST(NormalTailsTest, QuantileIsExactInTheMiddleToo) {
  for (double q = 0x1p-2; q > 1e-16; q /= 2) {
    const double z = NormalQuantile(0.5 + q);
    EXPECT_EQ(NormalQuantile(0.5 - q), -z);
    EXPECT_LT(GoldenError(0.5 * std::erf(z * M_SQRT1_2), q, 0.0), 1e-15) << q;
  }
}

// The smallest double is 2^-1074.
TEST(NormalTailsTest, QuantileOfTheSmallestNumberIsFinite) {
  const double p = std::numeric_limits<double>::denorm_min();
  EXPECT_NEAR(LogNormalSurvival(-NormalQuantile(p)), -1074.0 * M_LN2, 1e-9);
}

// The leading term of the tail is exp(-z^2 / 2) / (z sqrt(2 pi)).
TEST(NormalTailsTest, LogSurvivalGoesOnWhereProbabilitiesEnd) {
  const double z = 1e6;
  EXPECT_EQ(NormalSurvival(z), 0.0);
  EXPECT_NEAR(LogNormalSurvival(z) + z * z / 2.0,
              -std::log(z) - 0.5 * std::log(2.0 * M_PI), 1e-3);
  EXPECT_EQ(LogNormalSurvival(-kInfinity), 0.0);
  EXPECT_EQ(LogNormalSurvival(1e200), -kInfinity);
  EXPECT_TRUE(std::isnan(LogNormalSurvival(std::nan(""))));
}

}  // namespace
}  // namespace cxr::metrics
