// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/incomplete_beta.h"

#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"
#include "metrics/interval/golden_inputs_testing.h"

namespace cxr::metrics {
namespace {

// With b = 1 the distribution is x^a, with a = 1 its mirror image.
TEST(IncompleteBetaTest, PowersAreExact) {
  for (const double a : {0.25, 1.0, 3.0, 80.0, 1e4}) {
    for (const double x : {1e-9, 0.01, 0.5, 0.9, 1.0 - 0x1p-30}) {
      const double power = a * std::log(x);
      const BetaTails tails = IncompleteBeta(a, 1.0, x, 1.0 - x);
      EXPECT_LT(GoldenError(tails.lower, std::exp(power), 1e-290), 1e-12);
      EXPECT_LT(GoldenError(tails.upper, -std::expm1(power), 0.0), 1e-12);
      const BetaTails mirrored = IncompleteBeta(1.0, a, 1.0 - x, x);
      EXPECT_LT(GoldenError(mirrored.upper, tails.lower, 1e-290), 1e-12);
      EXPECT_LT(GoldenError(mirrored.lower, tails.upper, 0.0), 1e-12);
    }
  }
}

// With integers, P(X <= x) is that of a or more successes in a + b - 1 trials.
TEST(IncompleteBetaTest, IsTheTailOfABinomialDistribution) {
  GoldenInputs inputs(21);
  for (int round = 0; round < 1000; ++round) {
    const int64_t trials = inputs.Integer(1, 60);
    const int64_t a = inputs.Integer(1, trials);
    const double x =
        std::ldexp(inputs.Uniform(), -static_cast<int>(inputs.Integer(0, 9)));
    double chance = std::pow(1.0 - x, static_cast<double>(trials));
    double sum = 0.0;
    for (int64_t k = 0; k <= trials; ++k) {
      if (k >= a) sum += chance;
      chance *= static_cast<double>(trials - k) / static_cast<double>(k + 1) *
                x / (1.0 - x);
    }
    const BetaTails tails =
        IncompleteBeta(static_cast<double>(a),
                       static_cast<double>(trials - a + 1), x, 1.0 - x);
    EXPECT_LT(GoldenError(tails.lower, sum, 0.0), 1e-12)
        << a << " of " << trials << ", " << x;
  }
}

TEST(IncompleteBetaTest, TailsSumToOneAndMirrorEachOther) {
  GoldenInputs inputs(22);
  for (int round = 0; round < 1000; ++round) {
    const double a =
        std::ldexp(inputs.Uniform(), static_cast<int>(inputs.Integer(-4, 20)));
    const double b =
        std::ldexp(inputs.Uniform(), static_cast<int>(inputs.Integer(-4, 20)));
    const double x = inputs.Uniform();
    const BetaTails tails = IncompleteBeta(a, b, x, 1.0 - x);
    const BetaTails mirrored = IncompleteBeta(b, a, 1.0 - x, x);
    EXPECT_NEAR(tails.lower + tails.upper, 1.0, 1e-13);
    EXPECT_LT(GoldenError(tails.lower, mirrored.upper, 1e-290), 1e-11);
  }
}

TEST(IncompleteBetaTest, QuantilesInvertBothTails) {
  GoldenInputs inputs(23);
  for (int round = 0; round < 1000; ++round) {
    const double a =
        std::ldexp(inputs.Uniform(), static_cast<int>(inputs.Integer(-3, 17)));
    const double b =
        std::ldexp(inputs.Uniform(), static_cast<int>(inputs.Integer(-3, 17)));
    const double p =
        std::ldexp(inputs.Uniform(), -static_cast<int>(inputs.Integer(0, 100)));
    for (const BetaTail tail : {BetaTail::kLower, BetaTail::kUpper}) {
      const double logit = BetaLogitQuantile(a, b, p, tail);
      const double x = 1.0 / (1.0 + std::exp(-logit));
      const double y = 1.0 / (1.0 + std::exp(logit));
      if (x < 1e-290 || y < 1e-290) continue;
      const BetaTails tails = IncompleteBeta(a, b, x, y);
      EXPECT_LT(
          GoldenError(tail == BetaTail::kLower ? tails.lower : tails.upper, p,
                      0.0),
          1e-11)
          << a << " " << b << " " << p;
    }
  }
}

TEST(IncompleteBetaTest, EndsAndNonsense) {
  EXPECT_EQ(IncompleteBeta(2.0, 3.0, 0.0, 1.0).lower, 0.0);
  EXPECT_EQ(IncompleteBeta(2.0, 3.0, 0.0, 1.0).upper, 1.0);
  EXPECT_EQ(IncompleteBeta(2.0, 3.0, 1.0, 0.0).lower, 1.0);
  EXPECT_TRUE(std::isnan(IncompleteBeta(0.0, 3.0, 0.5, 0.5).lower));
  EXPECT_TRUE(std::isnan(IncompleteBeta(1.0, 3.0, -0.5, 1.5).upper));
  EXPECT_TRUE(std::isnan(BetaLogitQuantile(1.0, 1.0, 0.0, BetaTail::kLower)));
  EXPECT_TRUE(std::isnan(BetaLogitQuantile(1.0, -1.0, 0.5, BetaTail::kLower)));
}

}  // namespace
}  // namespace cxr::metrics
