// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/landmarks.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <vector>

namespace cxr::synth {
namespace {

struct Box {
  double left, top, right, bottom;
};

// Points all around a rectangle, from its upper left corner downwards.
template <size_t kPoints>
std::array<Point, kPoints> Around(const Box& box) {
  const std::array<Point, 4> corners = {{{box.left, box.top},
                                         {box.left, box.bottom},
                                         {box.right, box.bottom},
                                         {box.right, box.top}}};
  std::array<Point, kPoints> points;
  for (size_t i = 0; i < kPoints; ++i) {
    const double along = 4.0 * i / kPoints;
    const size_t side = static_cast<size_t>(along);
    const Point& a = corners[side];
    const Point& b = corners[(side + 1) % 4];
    points[i] = {.x = a.x + (along - side) * (b.x - a.x),
                 .y = a.y + (along - side) * (b.y - a.y)};
  }
  return points;
}

// The heart lies over a part of both lungs.
Landmarks Boxes() {
  return {.right_lung = Around<kRightLungPoints>({0.1, 0.1, 0.4, 0.8}),
          .left_lung = Around<kLeftLungPoints>({0.55, 0.1, 0.9, 0.75}),
          .heart = Around<kHeartPoints>({0.35, 0.4, 0.71, 0.7})};
}

TEST(LandmarksTest, PointsAreRightLungLeftLungAndHeart) {
  std::vector<Point> points(120);
  for (int i = 0; i < 120; ++i) points[i] = {.x = 1.0 * i, .y = -2.0 * i};
  const Landmarks landmarks = LandmarksOf(points);
  EXPECT_EQ(landmarks.right_lung.front().y, 0.0);
  EXPECT_EQ(landmarks.right_lung.back().x, 43.0);
  EXPECT_EQ(landmarks.left_lung.front().x, 44.0);
  EXPECT_EQ(landmarks.left_lung.back().y, -2.0 * 93);
  EXPECT_EQ(landmarks.heart.front().x, 94.0);
  EXPECT_EQ(landmarks.heart.back().x, 119.0);
}

TEST(LandmarksTest, RatioIsWidestHeartOverWidestThorax) {
  EXPECT_NEAR(CardiothoracicRatio(Boxes()), 0.36 / 0.8, 1e-12);
}

TEST(LandmarksTest, ExtentIsThatOfBothLungs) {
  EXPECT_NEAR(LungExtent(Boxes(), &Point::x).low, 0.1, 1e-12);
  EXPECT_NEAR(LungExtent(Boxes(), &Point::x).high, 0.9, 1e-12);
  EXPECT_NEAR(LungExtent(Boxes(), &Point::y).high, 0.8, 1e-12);
}

TEST(LandmarksTest, PartsOfALungFollowEachOther) {
  Landmarks landmarks = Boxes();
  for (int side = 0; side < 2; ++side) {
    const Outline lung = LungOf(landmarks, side);
    EXPECT_EQ(MutableLungOf(side, &landmarks).data(), lung.data());
    EXPECT_EQ(ChestWall(lung).data(), lung.data());
    EXPECT_EQ(&ChestWall(lung).back(), &Diaphragm(lung).front());
    EXPECT_EQ(&Diaphragm(lung).back(), &MedialBorder(lung).front());
    EXPECT_EQ(&MedialBorder(lung).back(), &lung.back());
  }
  EXPECT_EQ(SignOf(0), -1);
  EXPECT_EQ(SignOf(1), 1);
}

TEST(LandmarksTest, PointBelongsToThePixelThatHoldsIt) {
  Landmarks landmarks;
  landmarks.heart[0] = {.x = 0.5, .y = 0.019};
  landmarks.heart[1] = {.x = 0.021, .y = -0.001};
  const PixelLandmarks pixels =
      InPixels(landmarks, {.width = 100, .height = 100});
  ASSERT_EQ(pixels.right_lung.size(), 44u);
  ASSERT_EQ(pixels.left_lung.size(), 50u);
  ASSERT_EQ(pixels.heart.size(), 26u);
  EXPECT_EQ(pixels.heart[0].x, 50);
  EXPECT_EQ(pixels.heart[0].y, 1);
  EXPECT_EQ(pixels.heart[1].x, 2);
  EXPECT_EQ(pixels.heart[1].y, -1);
}

}  // namespace
}  // namespace cxr::synth
