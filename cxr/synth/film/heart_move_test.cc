// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/heart_move.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "cxr/synth/film/outline.h"
#include "cxr/synth/film/shape_prior.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/raster/frame.h"

namespace cxr::synth {
namespace {

Landmarks MeanLandmarks() { return LandmarksOf(ShapeOf({})); }

Landmarks MeanWith(const Study& study, double ratio) {
  const Landmarks mean = MeanLandmarks();
  return WithHeart(PlanHeart(study, ratio, mean), mean);
}

Study With(Finding finding, double severity, int side = 0) {
  Study study;
  study.severity[finding] = severity;
  study.side[finding] = side;
  return study;
}

double Middle(const std::array<Point, kHeartPoints>& heart) {
  return ExtentOf(heart, &Point::x).middle();
}

TEST(HeartMoveTest, HeartGetsTheRatioAndTheThoraxStays) {
  const Extent thorax = LungExtent(MeanLandmarks(), &Point::x);
  for (const double ratio : {0.38, 0.45, 0.493, 0.55, 0.68}) {
    const Landmarks landmarks = MeanWith({}, ratio);
    EXPECT_NEAR(CardiothoracicRatio(landmarks), ratio, 1e-12);
    const Extent moved = LungExtent(landmarks, &Point::x);
    EXPECT_NEAR(moved.low, thorax.low, 1e-12) << ratio;
    EXPECT_NEAR(moved.high, thorax.high, 1e-12) << ratio;
  }
}

TEST(HeartMoveTest, OwnRatioMovesNothing) {
  const Landmarks mean = MeanLandmarks();
  const Landmarks moved = MeanWith({}, CardiothoracicRatio(mean));
  for (int i = 0; i < kLeftLungPoints; ++i) {
    EXPECT_NEAR(moved.left_lung[i].x, mean.left_lung[i].x, 1e-12) << i;
  }
  for (int i = 0; i < kHeartPoints; ++i) {
    EXPECT_NEAR(moved.heart[i].x, mean.heart[i].x, 1e-12) << i;
  }
}

// Outlines are drawn with the heart over the lungs; a lung may lie under the
// heart by no more than outlines of real films do.
TEST(HeartMoveTest, LungsGiveWayToAGrowingHeart) {
  for (const double ratio : {0.493, 0.58, 0.68}) {
    const Landmarks landmarks = MeanWith({}, ratio);
    for (int side = 0; side < 2; ++side) {
      const int outwards = SignOf(side);
      for (const Point& point : MedialBorder(LungOf(landmarks, side))) {
        if (point.y < 0.46 || point.y > 0.66) continue;
        const double heart = EdgeAt(landmarks.heart, point.y, outwards);
        EXPECT_GT(outwards * (point.x - heart), -0.02) << ratio << point.y;
        EXPECT_LT(outwards * (point.x - heart), 0.03) << ratio << point.y;
      }
    }
  }
}

TEST(HeartMoveTest, HeartGrowsMostlyToThePatientsLeft) {
  const Landmarks mean = MeanLandmarks();
  const Landmarks grown = MeanWith({}, 0.62);
  const Extent before = ExtentOf(mean.heart, &Point::x);
  const Extent after = ExtentOf(grown.heart, &Point::x);
  EXPECT_GT(after.high - before.high, before.low - after.low);
  EXPECT_GT(before.low - after.low, 0.0);
}

TEST(HeartMoveTest, HugeHeartStaysInTheChest) {
  const Landmarks landmarks = MeanWith({}, 0.85);
  const Extent heart = ExtentOf(landmarks.heart, &Point::x);
  const Extent thorax = LungExtent(landmarks, &Point::x);
  EXPECT_GT(heart.low, thorax.low);
  EXPECT_LT(heart.high, thorax.high);
}

TEST(HeartMoveTest, ShiftedMediastinumGoesToItsSide) {
  const Landmarks mean = MeanWith({}, 0.46);
  for (const int side : {-1, 1}) {
    const Landmarks shifted =
        MeanWith(With(Finding::kMediastinalShift, 1.0, side), 0.46);
    const double by = Middle(shifted.heart) - Middle(mean.heart);
    EXPECT_NEAR(by, side * 0.05, 1e-9);
    // Both lungs' medial borders, halfway up.
    EXPECT_NEAR(shifted.right_lung[38].x - mean.right_lung[38].x, by, 0.01);
    EXPECT_NEAR(shifted.left_lung[40].x - mean.left_lung[40].x, by, 0.01);
    // The chest walls stay.
    EXPECT_NEAR(shifted.right_lung[15].x, mean.right_lung[15].x, 1e-9);
    EXPECT_NEAR(shifted.left_lung[15].x, mean.left_lung[15].x, 1e-9);
  }
}

TEST(HeartMoveTest, WideMediastinumPushesBothLungsAboveTheHeart) {
  const Landmarks mean = MeanWith({}, 0.46);
  const Landmarks wide =
      MeanWith(With(Finding::kEnlargedCardiomediastinum, 0.5), 0.46);
  const auto gap = [](const Landmarks& landmarks, double y) {
    return EdgeAt(landmarks.left_lung, y, -1) -
           EdgeAt(landmarks.right_lung, y, 1);
  };
  EXPECT_NEAR(gap(wide, 0.28) - gap(mean, 0.28), 2 * 0.015, 0.004);
  EXPECT_NEAR(gap(wide, 0.55), gap(mean, 0.55), 1e-9);
  EXPECT_NEAR(CardiothoracicRatio(wide), 0.46, 1e-12);
}

}  // namespace
}  // namespace cxr::synth
