// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/sigmoid.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/golden_csv.h"

namespace cxr::metrics {
namespace {

float FloatOfBits(const std::string& hexadecimal) {
  return std::bit_cast<float>(
      static_cast<uint32_t>(std::stoul(hexadecimal, nullptr, 16)));
}

// testdata/make_sigmoid_golden.py
TEST(SigmoidTest, EqualsTorchBitForBit) {
  const auto rows =
      ReadGoldenCsv("metrics/ranking/testdata/sigmoid_golden.csv");
  ASSERT_GE(rows.size(), 500u);
  for (const std::vector<std::string>& row : rows) {
    const float logit = FloatOfBits(row[0]);
    EXPECT_EQ(SigmoidFloat32(logit), FloatOfBits(row[1])) << logit;
  }
}

TEST(SigmoidTest, IsCloseToTheSigmoidInDouble) {
  for (float logit = -80.0f; logit < 80.0f; logit += 0.01f) {
    const double exact = 1.0 / (1.0 + std::exp(-double{logit}));
    EXPECT_NEAR(SigmoidFloat32(logit) / exact, 1.0, 3e-7) << logit;
  }
}

TEST(SigmoidTest, SaturatesToOneAndZero) {
  EXPECT_EQ(SigmoidFloat32(17.5f), 1.0f);
  EXPECT_EQ(SigmoidFloat32(30.0f), 1.0f);
  EXPECT_LT(SigmoidFloat32(16.0f), 1.0f);
  EXPECT_EQ(SigmoidFloat32(-110.0f), 0.0f);
  EXPECT_EQ(SigmoidFloat32(0.0f), 0.5f);
  EXPECT_TRUE(
      std::isnan(SigmoidFloat32(std::numeric_limits<float>::quiet_NaN())));
}

}  // namespace
}  // namespace cxr::metrics
