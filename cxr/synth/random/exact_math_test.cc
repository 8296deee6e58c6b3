// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/random/exact_math.h"

#include <cmath>

#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

constexpr double kError = 1e-12;

TEST(ExactMathTest, ExpIsTheExponential) {
  for (double x = -700.0; x <= 700.0; x += 0.37) {
    EXPECT_NEAR(Exp(x) / std::exp(x), 1.0, kError) << x;
  }
  EXPECT_EQ(Exp(0.0), 1.0);
}

TEST(ExactMathTest, LogIsTheNaturalLogarithm) {
  for (double x = 1e-300; x < 1e300; x *= 1.7) {
    EXPECT_NEAR(Log(x), std::log(x), kError * std::fabs(std::log(x)) + 1e-15)
        << x;
  }
  for (double x = 0.9; x < 1.1; x += 0.001) {
    EXPECT_NEAR(Log(x), std::log(x), 1e-14) << x;
  }
  EXPECT_EQ(Log(1.0), 0.0);
}

TEST(ExactMathTest, PowIsAPowerAndZeroOfZero) {
  for (double x = 0.001; x < 10.0; x *= 1.3) {
    for (double y = -3.0; y < 3.0; y += 0.41) {
      EXPECT_NEAR(Pow(x, y) / std::pow(x, y), 1.0, kError) << x << ", " << y;
    }
  }
  EXPECT_EQ(Pow(0.0, 0.5), 0.0);
}

TEST(ExactMathTest, SineAndCosineTurn) {
  for (double x = -1000.0; x <= 1000.0; x += 0.173) {
    EXPECT_NEAR(Sin(x), std::sin(x), kError) << x;
    EXPECT_NEAR(Cos(x), std::cos(x), kError) << x;
  }
  EXPECT_EQ(Sin(0.0), 0.0);
  EXPECT_EQ(Cos(0.0), 1.0);
}

// Bits that every build must give.
TEST(ExactMathTest, BitsAreTheSameEverywhere) {
  EXPECT_EQ(Exp(1.25), 0x1.bec38edb0fafp+1);
  EXPECT_EQ(Log(7.1), 0x1.f5c8c5928b0f9p+0);
  EXPECT_EQ(Sin(2.5), 0x1.326af0dcfcabp-1);
  EXPECT_EQ(Pow(0.3, 1.7), 0x1.08819f76d9f8dp-3);
}

}  // namespace
}  // namespace cxr::synth
