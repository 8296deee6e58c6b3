// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/linear_probe.h"

#include <gtest/gtest.h>

namespace cxr::tests {
namespace {

// Two features of deviation 1 without correlation: the ridge solution is known.
TEST(LinearProbeTest, GivesTheSolutionOfRidgeRegression) {
  const std::vector<std::vector<double>> rows = {
      {1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
  const LinearProbe probe(rows, 4.0);
  const std::vector<double> scores = probe.Scores({1, 1, 1, 0}, rows);
  // X'X = 4 I and X'(y - 3/4) = (1, 1), so both weights are 1 / 8.
  EXPECT_NEAR(scores[0], 0.25, 1e-8);
  EXPECT_NEAR(scores[1], 0.0, 1e-8);
  EXPECT_NEAR(scores[3], -0.25, 1e-8);
}

TEST(LinearProbeTest, PixelsAreEqualisedAndResized) {
  GrayImage image{.width = 4, .height = 2, .pixels = {0, 0, 9, 9, 0, 0, 9, 9}};
  const std::vector<double> features = PixelFeatures(image, 2);
  EXPECT_EQ(features.size(), 4u);
  EXPECT_LT(features[0], 40.0);
  EXPECT_GT(features[1], 215.0);
}

TEST(LinearProbeTest, AurocCountsPairs) {
  EXPECT_EQ(Auroc({0.1, 0.4, 0.35, 0.8}, {0, 0, 1, 1}), 0.75);
}

}  // namespace
}  // namespace cxr::tests
