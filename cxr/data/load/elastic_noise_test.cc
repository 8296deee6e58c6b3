// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/elastic_noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace cxr {
namespace {

constexpr int64_t kPixels = 200'001;

float Largest(const std::vector<float>& values) {
  float largest = 0.0f;
  for (const float value : values) {
    largest = std::max(largest, std::abs(value));
  }
  return largest;
}

TEST(ElasticNoiseTest, TheLargestOfBothDirectionsIsOne) {
  const ElasticNoise noise = MakeElasticNoise(3, kPixels);
  ASSERT_EQ(noise.x.size(), size_t{kPixels});
  ASSERT_EQ(noise.y.size(), size_t{kPixels});
  EXPECT_EQ(std::max(Largest(noise.x), Largest(noise.y)), 1.0f);
  EXPECT_NE(Largest(noise.x), Largest(noise.y));
}

// Moments that do not depend on the scale.
TEST(ElasticNoiseTest, ItIsNormalAndItsDirectionsAreIndependent) {
  const ElasticNoise noise = MakeElasticNoise(3, kPixels);
  double variance[2] = {};
  double together = 0.0;
  for (int64_t i = 0; i < kPixels; ++i) {
    variance[0] += noise.x[i] * noise.x[i] / kPixels;
    variance[1] += noise.y[i] * noise.y[i] / kPixels;
    together += noise.x[i] * noise.y[i] / kPixels;
  }
  // Five standard errors of 200,001 normals each.
  EXPECT_NEAR(variance[0] / variance[1], 1.0, 0.016);
  EXPECT_NEAR(together / variance[0], 0.0, 0.012);
  for (const std::vector<float>* values : {&noise.x, &noise.y}) {
    const double sigma = std::sqrt(variance[0]);
    double mean = 0.0;
    double fourth = 0.0;
    double within = 0.0;
    double neighbours = 0.0;
    for (int64_t i = 0; i < kPixels; ++i) {
      const double z = (*values)[i] / sigma;
      mean += z / kPixels;
      fourth += z * z * z * z / kPixels;
      within += std::abs(z) < 1.0 ? 1.0 / kPixels : 0.0;
      neighbours += z * (*values)[(i + 1) % kPixels] / sigma / kPixels;
    }
    EXPECT_NEAR(mean, 0.0, 0.012);
    EXPECT_NEAR(fourth, 3.0, 0.13);
    EXPECT_NEAR(within, 0.6827, 0.0055);
    EXPECT_NEAR(neighbours, 0.0, 0.012);
  }
  // The largest of 400,000 normals lies between 4.3 and 6.5 standard deviations
  // but for a chance of a thousandth.
  EXPECT_GT(1.0 / std::sqrt(variance[0]), 4.3);
  EXPECT_LT(1.0 / std::sqrt(variance[0]), 6.5);
}

TEST(ElasticNoiseTest, TheSeedAloneDecides) {
  EXPECT_EQ(MakeElasticNoise(3, 1000).x, MakeElasticNoise(3, 1000).x);
  EXPECT_NE(MakeElasticNoise(4, 1000).x, MakeElasticNoise(3, 1000).x);
  EXPECT_NE(MakeElasticNoise(3 + (uint64_t{1} << 32), 1000).x,
            MakeElasticNoise(3, 1000).x);
}

}  // namespace
}  // namespace cxr
