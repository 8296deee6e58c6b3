// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/frame.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace cxr::synth {
namespace {

constexpr double kRight = 1.5707963267948966;  // a right angle

void ExpectNear(Point actual, Point expected) {
  EXPECT_NEAR(actual.x, expected.x, 1e-9);
  EXPECT_NEAR(actual.y, expected.y, 1e-9);
}

TEST(FrameTest, UnitsSpanTheHeight) {
  const Frame square{.width = 200, .height = 200};
  ExpectNear(ToPixels(square, Point{0.0, 0.0}), {0.0, 0.0});
  ExpectNear(ToPixels(square, Point{1.0, 1.0}), {200.0, 200.0});
  EXPECT_EQ(square.pixels_per_unit(), 200.0);
}

TEST(FrameTest, OtherShapesAreSymmetricAboutTheMiddle) {
  const Frame wide{.width = 300, .height = 100};
  ExpectNear(ToPixels(wide, Point{0.5, 0.5}), {150.0, 50.0});
  ExpectNear(ToPixels(wide, Point{-1.0, 0.0}), {0.0, 0.0});
  ExpectNear(ToPixels(wide, Point{2.0, 1.0}), {300.0, 100.0});
}

TEST(FrameTest, TurnsClockwise) {
  const Frame frame{.width = 100, .height = 100, .rotation_radians = kRight};
  // From right of the centre to below it.
  ExpectNear(ToPixels(frame, Point{1.0, 0.5}), {50.0, 100.0});
  ExpectNear(ToPixels(frame, Point{0.5, 1.0}), {0.0, 50.0});
}

TEST(FrameTest, ZoomMagnifiesAboutTheCentre) {
  const Frame frame{.width = 80, .height = 100, .zoom = 2.0};
  ExpectNear(ToPixels(frame, Point{0.5, 0.5}), {40.0, 50.0});
  ExpectNear(ToPixels(frame, Point{0.6, 0.4}), {60.0, 30.0});
  EXPECT_EQ(frame.pixels_per_unit(), 200.0);
}

TEST(FrameTest, PixelsAndUnitsAreInverse) {
  const Frame frame{
      .width = 640, .height = 481, .rotation_radians = -0.3, .zoom = 1.17};
  const std::vector<Point> units = {{0.1, 0.2}, {0.5, 0.5}, {-3.0, 1.7}};
  const std::vector<Point> pixels = ToPixels(frame, units);
  ASSERT_EQ(pixels.size(), units.size());
  for (size_t i = 0; i < units.size(); ++i) {
    ExpectNear(pixels[i], ToPixels(frame, units[i]));
    ExpectNear(ToUnits(frame, pixels[i]), units[i]);
  }
}

}  // namespace
}  // namespace cxr::synth
