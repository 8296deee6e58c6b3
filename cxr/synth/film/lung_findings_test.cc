// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/lung_findings.h"

#include <gtest/gtest.h>

namespace cxr::synth {
namespace {

TEST(LungFindingsTest, AnOpacityIsWholeInTheMiddleAndHalfAtFourFifths) {
  const Opacity opacity{
      .center = {0.3, 0.4}, .radius_x = 0.10, .radius_y = 0.05};
  EXPECT_EQ(ShareOf(opacity, {0.3, 0.4}, 0.0), 1.0);
  EXPECT_NEAR(ShareOf(opacity, {0.38, 0.4}, 0.0), 0.5, 1e-9);
  EXPECT_NEAR(ShareOf(opacity, {0.3, 0.36}, 0.0), 0.5, 1e-9);
  EXPECT_EQ(ShareOf(opacity, {0.43, 0.4}, 0.0), 0.0);
}

TEST(LungFindingsTest, FrayingMovesTheEdgeInwards) {
  const Opacity opacity{.center = {0.3, 0.4}};
  EXPECT_LT(ShareOf(opacity, {0.33, 0.4}, 0.2),
            ShareOf(opacity, {0.33, 0.4}, 0.0));
}

TEST(LungFindingsTest, WavesMakeLobes) {
  Opacity opacity{.center = {0.5, 0.5}};
  opacity.waves[0] = {0.2, 0.0};  // twice around: wider than high
  EXPECT_GT(ShareOf(opacity, {0.54, 0.5}, 0.0),
            ShareOf(opacity, {0.50, 0.54}, 0.0));
  EXPECT_NEAR(ShareOf(opacity, {0.54, 0.5}, 0.0),
              ShareOf(opacity, {0.46, 0.5}, 0.0), 1e-12);
}

}  // namespace
}  // namespace cxr::synth
