// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/normal.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// scipy.special.ndtr, scipy 1.14.1
TEST(NormalTest, DistributionAgreesWithScipy) {
  EXPECT_NEAR(NormalCdf(-30.0) / 4.906713927147908e-198, 1.0, 1e-12);
  EXPECT_NEAR(NormalCdf(-8.0) / 6.22096057427174e-16, 1.0, 1e-12);
  EXPECT_NEAR(NormalCdf(-1.96), 0.024997895148220435, 1e-15);
  EXPECT_EQ(NormalCdf(0.0), 0.5);
  EXPECT_NEAR(NormalCdf(3.0), 0.9986501019683699, 1e-15);
}

// scipy.special.ndtri, scipy 1.14.1
TEST(NormalTest, QuantilesAgreeWithScipy) {
  EXPECT_NEAR(NormalQuantile(1e-300), -37.0470962993612, 1e-12);
  EXPECT_NEAR(NormalQuantile(1e-8), -5.612001244174789, 1e-12);
  EXPECT_NEAR(NormalQuantile(0.025), -1.9599639845400545, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.31), -0.4958503473474533, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.4999), -0.0002506628300880075, 1e-15);
  EXPECT_NEAR(NormalQuantile(0.6), 0.2533471031357997, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(NormalQuantile(1.0 - 1e-12), 7.0344869100478356, 1e-11);
}

TEST(NormalTest, QuantileIsTheInverse) {
  for (double z = -6.0; z <= 3.0; z += 0.01) {
    EXPECT_NEAR(NormalQuantile(NormalCdf(z)), z, 1e-12);
  }
}

TEST(NormalTest, BothAreSymmetric) {
  for (double z = 0.0; z <= 5.0; z += 0.1) {
    EXPECT_EQ(NormalSurvival(z), NormalCdf(-z));
    EXPECT_NEAR(NormalCdf(z) + NormalCdf(-z), 1.0, 1e-15);
  }
  EXPECT_EQ(NormalQuantile(0.5), 0.0);
  EXPECT_EQ(NormalQuantile(0.75), -NormalQuantile(0.25));
}

TEST(NormalTest, EdgesOfTheRange) {
  EXPECT_EQ(NormalCdf(-kInfinity), 0.0);
  EXPECT_EQ(NormalCdf(kInfinity), 1.0);
  EXPECT_EQ(NormalQuantile(0.0), -kInfinity);
  EXPECT_EQ(NormalQuantile(1.0), kInfinity);
  for (const double outside : {-0.1, 1.1, std::nan("")}) {
    EXPECT_TRUE(std::isnan(NormalQuantile(outside)));
  }
}

}  // namespace
}  // namespace cxr::metrics
