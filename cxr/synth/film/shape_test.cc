// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;

TEST(ShapeTest, ASideOfZeroIsBothSides) {
  EXPECT_THAT(SidesOf(-1), ElementsAre(0));
  EXPECT_THAT(SidesOf(1), ElementsAre(1));
  EXPECT_THAT(SidesOf(0), ElementsAre(0, 1));
}

TEST(ShapeTest, OuterBorderIsTheLungsFarthestPoint) {
  const Anatomy anatomy = PlainAnatomy();
  const double y = anatomy.apex_y + 0.3;
  for (const int side : {0, 1}) {
    const double x = OuterX(anatomy, side, y);
    const double inwards = -0.01 * SignOf(side);
    EXPECT_TRUE(Inside(LungOf(anatomy.landmarks, side), {x + inwards, y}));
    EXPECT_FALSE(Inside(LungOf(anatomy.landmarks, side), {x - inwards, y}));
  }
}

TEST(ShapeTest, OuterBorderEndsAtApexAndCostophrenicAngle) {
  const Anatomy anatomy = PlainAnatomy();
  EXPECT_EQ(OuterX(anatomy, 0, -1.0), anatomy.landmarks.right_lung[0].x);
  EXPECT_EQ(OuterX(anatomy, 0, 2.0), anatomy.landmarks.right_lung[21].x);
}

TEST(ShapeTest, PointsAtRandomLieInTheLungBetweenTheHeights) {
  const Anatomy anatomy = PlainAnatomy();
  RandomStream stream(RandomKey(5));
  for (int i = 0; i < 50; ++i) {
    const Point point =
        PointInLung(anatomy, 1, {.top = 0.3, .bottom = 0.5}, &stream);
    EXPECT_TRUE(Inside(LungOf(anatomy.landmarks, 1), point));
    EXPECT_GE(point.y, 0.3);
    EXPECT_LT(point.y, 0.5);
  }
}

TEST(ShapeTest, PointsWhereNoLungIsFallBackToTheHilum) {
  const Anatomy anatomy = PlainAnatomy();
  RandomStream stream(RandomKey(5));
  const Point point =
      PointInLung(anatomy, 0, {.top = 1.2, .bottom = 1.3}, &stream);
  EXPECT_EQ(point.x, anatomy.hilum[0].x);
  EXPECT_EQ(point.y, anatomy.hilum[0].y);
}

}  // namespace
}  // namespace cxr::synth
