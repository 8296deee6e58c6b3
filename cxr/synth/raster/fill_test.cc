// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/fill.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

double SumOf(const Plane& plane) {
  double sum = 0.0;
  for (const float value : plane.values) {
    sum += value;
  }
  return sum;
}

std::vector<Point> Rectangle(double left, double top, double right,
                             double bottom) {
  return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

// By the angle that the polygon turns about the point: odd turns are inside.
bool IsInsideByAngle(const std::vector<Point>& polygon, Point point) {
  double turn = 0.0;
  for (size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[(i + 1) % polygon.size()];
    turn += std::remainder(std::atan2(b.y - point.y, b.x - point.x) -
                               std::atan2(a.y - point.y, a.x - point.x),
                           2.0 * M_PI);
  }
  return std::lround(turn / (2.0 * M_PI)) % 2 != 0;
}

std::vector<Point> RandomPolygon(RandomStream* stream, int corners) {
  std::vector<Point> polygon;
  for (int i = 0; i < corners; ++i) {
    polygon.push_back(
        {.x = stream->Between(-6.0, 18.0), .y = stream->Between(-6.0, 16.0)});
  }
  return polygon;
}

TEST(FillTest, RectangleCoversPartsOfPixels) {
  const Plane plane = Coverage(Rectangle(1.25, 0.5, 3.5, 2.0), 5, 3);
  const std::vector<float> expected = {0, 0.375f, 0.5f, 0.25f, 0,  //
                                       0, 0.75f,  1,    0.5f,  0,  //
                                       0, 0,      0,    0,     0};
  EXPECT_EQ(plane.values, expected);
}

TEST(FillTest, AreasAreThoseOfGeometry) {
  const std::vector<Point> triangle = {{3.3, 2.1}, {90.7, 33.3}, {20.0, 71.9}};
  const double area =
      0.5 * std::abs((90.7 - 3.3) * (71.9 - 2.1) - (20.0 - 3.3) * (33.3 - 2.1));
  EXPECT_NEAR(SumOf(Coverage(triangle, 100, 80)), area, 0.1);
  const std::vector<Point> circle = Ellipse({50.2, 39.7}, 31.0, 31.0, 400);
  EXPECT_NEAR(SumOf(Coverage(circle, 100, 80)), M_PI * 31.0 * 31.0, 0.5);
}

TEST(FillTest, OnlyWhatIsInThePlaneIsCovered) {
  const std::vector<Point> circle = Ellipse({0.0, 20.0}, 10.0, 10.0, 400);
  EXPECT_NEAR(SumOf(Coverage(circle, 100, 80)), 0.5 * M_PI * 100.0, 0.2);
  EXPECT_EQ(SumOf(Coverage(Rectangle(-1e7, -1e7, 1e7, 1e7), 7, 5)), 35.0);
  EXPECT_EQ(SumOf(Coverage(Rectangle(-9, 1, -2, 3), 7, 5)), 0.0);
  EXPECT_EQ(SumOf(Coverage(Rectangle(9, 1, 12, 3), 7, 5)), 0.0);
  EXPECT_EQ(SumOf(Coverage(Rectangle(1, -9, 3, -2), 7, 5)), 0.0);
  EXPECT_EQ(SumOf(Coverage(Rectangle(1, 6, 3, 9), 7, 5)), 0.0);
}

TEST(FillTest, NothingIsCoveredByNothing) {
  EXPECT_EQ(SumOf(Coverage({}, 4, 4)), 0.0);
  EXPECT_EQ(SumOf(Coverage({{1, 1}}, 4, 4)), 0.0);
  EXPECT_EQ(SumOf(Coverage({{1, 1}, {3, 3.5}}, 4, 4)), 0.0);
  EXPECT_TRUE(Coverage(Rectangle(0, 0, 1, 1), 0, 0).values.empty());
  EXPECT_EQ(SumOf(Coverage(Rectangle(0, 0, 1, 1), 1, 1)), 1.0);
}

TEST(FillTest, WhatIsWoundTwiceIsAHole) {
  // Two rectangles as one outline, joined by an edge that is passed twice.
  std::vector<Point> outline = Rectangle(1, 1, 9, 9);
  outline.push_back({1, 1});
  for (const Point point : Rectangle(3, 3, 6, 6)) {
    outline.push_back(point);
  }
  outline.push_back({3, 3});
  const Plane plane = Coverage(outline, 10, 10);
  EXPECT_NEAR(SumOf(plane), 64.0 - 9.0, 1e-3);
  EXPECT_EQ(plane.Row(4)[4], 0.0f);
  EXPECT_EQ(plane.Row(4)[7], 1.0f);
}

TEST(FillTest, DirectionDoesNotMatter) {
  RandomStream stream(RandomKey(3));
  const std::vector<Point> polygon = RandomPolygon(&stream, 7);
  const std::vector<Point> reversed(polygon.rbegin(), polygon.rend());
  EXPECT_EQ(Coverage(polygon, 12, 10).values,
            Coverage(reversed, 12, 10).values);
}

// Polygons that cross themselves and the border, sampled 48 x 48 a pixel.
TEST(FillTest, EveryPixelIsRightToASixteenth) {
  constexpr int kSamples = 48;
  RandomStream stream(RandomKey(1));
  for (int round = 0; round < 20; ++round) {
    const std::vector<Point> polygon = RandomPolygon(&stream, 3 + round % 4);
    const Plane plane = Coverage(polygon, 12, 10);
    for (int pixel = 0; pixel < 120; ++pixel) {
      int count = 0;
      for (int i = 0; i < kSamples * kSamples; ++i) {
        count += Inside(polygon,
                        {.x = pixel % 12 + (i % kSamples + 0.5) / kSamples,
                         .y = pixel / 12 + (i / kSamples + 0.5) / kSamples});
      }
      EXPECT_NEAR(plane.values[pixel],
                  count / static_cast<double>(kSamples * kSamples), 0.0625)
          << round << ": " << pixel;
    }
  }
}

TEST(FillTest, InsideIsAnOddNumberOfTurns) {
  RandomStream stream(RandomKey(2));
  int inside = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::vector<Point> polygon = RandomPolygon(&stream, 3 + round % 6);
    const Point point{.x = stream.Between(-8.0, 20.0),
                      .y = stream.Between(-8.0, 18.0)};
    EXPECT_EQ(Inside(polygon, point), IsInsideByAngle(polygon, point));
    inside += Inside(polygon, point);
  }
  EXPECT_GT(inside, 100);
  EXPECT_FALSE(Inside({}, {0, 0}));
}

// A corner at the height of the point counts once.
TEST(FillTest, CornersLevelWithThePointDoNotConfuse) {
  const std::vector<Point> diamond = {{0, 2}, {2, 0}, {4, 2}, {2, 4}};
  EXPECT_TRUE(Inside(diamond, {1, 2}));
  EXPECT_FALSE(Inside(diamond, {-1, 2}));
  EXPECT_FALSE(Inside(diamond, {5, 2}));
  EXPECT_FALSE(Inside(diamond, {-1, 0}));
}

}  // namespace
}  // namespace cxr::synth
