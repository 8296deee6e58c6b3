// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/normal_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace cxr::synth {
namespace {

double NormalBelow(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// Of the 2^32 sets of four bytes those of each sum, by pairs.
std::vector<double> Probabilities() {
  std::vector<double> pairs(511);
  for (int sum = 0; sum <= 510; ++sum) {
    pairs[sum] = sum <= 255 ? sum + 1 : 511 - sum;
  }
  std::vector<double> probabilities(kByteSums);
  for (int a = 0; a <= 510; ++a) {
    for (int b = 0; b <= 510; ++b) {
      probabilities[a + b] += pairs[a] * pairs[b] / 4294967296.0;
    }
  }
  return probabilities;
}

TEST(NormalSumTest, EachSumHasTheNormalNumberOfItsProbability) {
  const std::vector<double> probabilities = Probabilities();
  double less = 0.0;
  for (int sum = 0; sum < kByteSums; ++sum) {
    const double middle = less + 0.5 * probabilities[sum];
    less += probabilities[sum];
    const double tail = std::min(middle, 1.0 - middle);
    EXPECT_NEAR(NormalBelow(NormalOfByteSum()[sum]), middle, 1e-4 * tail)
        << sum;
  }
  EXPECT_NEAR(less, 1.0, 1e-12);
}

TEST(NormalSumTest, MomentsAreNormal) {
  const std::vector<double> probabilities = Probabilities();
  double mean = 0.0;
  double variance = 0.0;
  double fourth = 0.0;
  for (int sum = 0; sum < kByteSums; ++sum) {
    const double value = NormalOfByteSum()[sum];
    mean += probabilities[sum] * value;
    variance += probabilities[sum] * value * value;
    fourth += probabilities[sum] * value * value * value * value;
  }
  EXPECT_NEAR(mean, 0.0, 1e-9);
  EXPECT_NEAR(variance, 1.0, 1e-3);
  EXPECT_NEAR(fourth, 3.0, 1e-2);
}

TEST(NormalSumTest, GrowsInSmallStepsToSixDeviations) {
  const std::array<float, kByteSums>& table = NormalOfByteSum();
  EXPECT_GT(table.back(), 6.2f);
  EXPECT_EQ(table[kByteSums / 2], 0.0f);
  for (int sum = 1; sum < kByteSums; ++sum) {
    EXPECT_LT(table[sum - 1], table[sum]);
    EXPECT_EQ(table[sum - 1], -table[kByteSums - sum]);
  }
  EXPECT_LT(table[kByteSums / 2 + 1], 0.008f);
}

}  // namespace
}  // namespace cxr::synth
