// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/plane.h"

#include <gtest/gtest.h>

#include <vector>

namespace cxr::synth {
namespace {

TEST(PlaneTest, StartsAsZerosRowByRow) {
  Plane plane = MakePlane(3, 2);
  EXPECT_EQ(plane.values, std::vector<float>(6, 0.0f));
  plane.Row(1)[2] = 7.0f;
  EXPECT_EQ(plane.values[5], 7.0f);
  const Plane& same = plane;
  EXPECT_EQ(same.Row(1) - same.Row(0), 3);
}

TEST(PlaneTest, MayBeEmpty) {
  EXPECT_TRUE(MakePlane(0, 5).values.empty());
  EXPECT_TRUE(MakePlane(5, 0).values.empty());
}

TEST(PlaneDeathTest, NegativeSizesAreErrors) {
  EXPECT_DEATH(MakePlane(-1, 3), "-1 x 3");
}

}  // namespace
}  // namespace cxr::synth
