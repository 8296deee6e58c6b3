// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/canvas.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

TEST(CanvasTest, GridAgreesWithTheFrame) {
  const Frame frame{
      .width = 30, .height = 20, .rotation_radians = 0.3, .zoom = 1.2};
  ForPixels(frame, AllPixels(frame), [&](Point at, size_t index) {
    const Point pixel = ToPixels(frame, at);
    EXPECT_NEAR(pixel.x, index % 30 + 0.5, 1e-9);
    EXPECT_NEAR(pixel.y, index / 30 + 0.5, 1e-9);
  });
}

TEST(CanvasTest, RectanglesAreClippedToTheFrame) {
  const std::vector<Point> points = {{0.25, 0.5}, {2.0, -1.0}};
  const PixelRectangle pixels =
      PixelsAround(PlainFrame(40), points, /*margin=*/0.05);
  EXPECT_EQ(pixels.left, 8);
  EXPECT_EQ(pixels.top, 0);
  EXPECT_EQ(pixels.right, 40);
  EXPECT_EQ(pixels.bottom, 22);
}

TEST(CanvasTest, StrokesAddTheirAmplitudeOnTheirAxis) {
  const Frame frame = PlainFrame(100);
  Plane plane = MakePlane(100, 100);
  AddStroke(frame,
            {.points = {{0.1, 0.5}, {0.9, 0.5}},
             .width = 0.1,
             .softness = 0.02,
             .amplitude = 0.3},
            &plane);
  EXPECT_NEAR(ValueAt(plane, frame, {0.5, 0.5}), 0.3, 0.01);
  EXPECT_EQ(ValueAt(plane, frame, {0.5, 0.6}), 0.0);
}

TEST(CanvasTest, AStrokeOfOnePointIsNothing) {
  Plane plane = MakePlane(20, 20);
  AddStroke(PlainFrame(20), {.points = {{0.5, 0.5}}}, &plane);
  EXPECT_EQ(LargestOf(plane), 0.0);
}

TEST(CanvasTest, AreasAddTheirAmplitudeTimesCoverage) {
  const Frame frame = PlainFrame(50);
  Plane plane = MakePlane(50, 50);
  AddArea(frame, {.outline = Corners({0.5, 0.5}, 0.2, 0.1), .amplitude = 0.5},
          &plane);
  EXPECT_FLOAT_EQ(ValueAt(plane, frame, {0.5, 0.5}), 0.5f);
  EXPECT_NEAR(MeanOf(plane), 0.5 * 0.4 * 0.2, 1e-3);
}

TEST(CanvasTest, BlobsFallFromTheirMiddleToNothingAtTheirRadius) {
  const Frame frame = PlainFrame(200);
  Plane plane = MakePlane(200, 200);
  AddBlob(frame,
          {.center = {0.5, 0.5},
           .radius_x = 0.2,
           .radius_y = 0.1,
           .amplitude = 0.4},
          &plane);
  EXPECT_NEAR(ValueAt(plane, frame, {0.5, 0.5}), 0.4, 0.005);
  EXPECT_NEAR(ValueAt(plane, frame, {0.6, 0.5}), 0.4 * 0.5625, 0.01);
  EXPECT_EQ(ValueAt(plane, frame, {0.5, 0.61}), 0.0);
}

TEST(CanvasTest, BlurKeepsTheSumAndFarBelowAPixelDoesNothing) {
  Plane plane = MakePlane(64, 64);
  plane.Row(32)[32] = 1.0f;
  BlurUnits(PlainFrame(64), 0.001, &plane);
  EXPECT_EQ(plane.Row(32)[32], 1.0f);
  BlurUnits(PlainFrame(64), 0.03, &plane);
  EXPECT_LT(plane.Row(32)[32], 0.1f);
  EXPECT_NEAR(MeanOf(plane) * 64 * 64, 1.0, 1e-3);
}

}  // namespace
}  // namespace cxr::synth
