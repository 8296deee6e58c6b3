// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/stroke.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/fill.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

Plane Line(const std::vector<Point>& pixels, const Pen& pen, int width,
           int height) {
  Plane plane = MakePlane(width, height);
  AddLine(pixels, pen, &plane);
  return plane;
}

double SumOf(const Plane& plane) {
  double sum = 0.0;
  for (const float value : plane.values) {
    sum += value;
  }
  return sum;
}

// What is left, `distance` from its axis, of a line of 1 after smoothing by a
// parabola `softness` wide: summed up in small steps.
double SlowProfile(double distance, const Pen& pen) {
  constexpr int kSteps = 2000;
  double sum = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double t = (i + 0.5) / kSteps - 0.5;
    if (std::abs(distance + t * pen.softness) < 0.5 * pen.width) {
      sum += 6.0 * (0.25 - t * t) / kSteps;
    }
  }
  return pen.amplitude * sum;
}

double DistanceTo(Point a, Point b, Point p) {
  const double along_x = b.x - a.x;
  const double along_y = b.y - a.y;
  const double square = along_x * along_x + along_y * along_y;
  const double part =
      square > 0.0
          ? std::clamp(((p.x - a.x) * along_x + (p.y - a.y) * along_y) / square,
                       0.0, 1.0)
          : 0.0;
  return std::hypot(p.x - a.x - part * along_x, p.y - a.y - part * along_y);
}

// Any line over any plane, against the definition at every pixel.
TEST(StrokeTest, EveryPixelHasTheProfileOfItsDistance) {
  RandomStream stream(RandomKey(1));
  for (int round = 0; round < 60; ++round) {
    const int width = 1 + stream.Below(40);
    const int height = 1 + stream.Below(40);
    const Pen pen{.width = stream.Between(0.0, 9.0),
                  .softness = stream.Between(0.5, 6.0),
                  .amplitude = static_cast<float>(stream.Between(-1.0, 1.0))};
    std::vector<Point> pixels;
    for (int i = 0; i <= round % 5; ++i) {
      pixels.push_back(
          {.x = stream.Between(-10.0, 50.0), .y = stream.Between(-10.0, 50.0)});
    }
    if (round % 3 == 0) {  // Level and upright pieces, and a point twice.
      pixels.push_back({.x = pixels.back().x, .y = 3.25});
      pixels.push_back({.x = 7.5, .y = 3.25});
      pixels.push_back(pixels.back());
    }
    const Plane plane = Line(pixels, pen, width, height);
    for (int i = 0; i < width * height; ++i) {
      const Point center{.x = i % width + 0.5, .y = i / width + 0.5};
      double least = DistanceTo(pixels[0], pixels[0], center);
      for (size_t k = 1; k < pixels.size(); ++k) {
        least = std::min(least, DistanceTo(pixels[k - 1], pixels[k], center));
      }
      EXPECT_NEAR(plane.values[i], SlowProfile(least, pen), 2e-3)
          << round << ": " << i;
    }
  }
}

TEST(StrokeTest, AddsToWhatIsThere) {
  const std::vector<Point> pixels = {{2.0, 2.5}, {9.0, 2.5}};
  Plane plane = MakePlane(12, 5);
  std::fill(plane.values.begin(), plane.values.end(), 2.0f);
  AddLine(pixels, {.width = 3.0, .amplitude = -0.5f}, &plane);
  EXPECT_FLOAT_EQ(plane.Row(2)[5], 1.5f);
  EXPECT_EQ(plane.Row(0)[5], 2.0f);
}

TEST(StrokeTest, PiecesOfALineAreOneLine) {
  const Pen pen{.width = 4.0, .softness = 2.0, .amplitude = 0.7f};
  const std::vector<Point> ends = {{4.3, 5.1}, {33.1, 24.9}};
  const Plane whole = Line(ends, pen, 40, 30);
  const Plane pieces = Line(OpenSpline(ends, 16), pen, 40, 30);
  for (size_t i = 0; i < whole.values.size(); ++i) {
    EXPECT_NEAR(pieces.values[i], whole.values[i], 1e-5f);
  }
}

TEST(StrokeTest, CrossingsAreNoBrighter) {
  const std::vector<Point> cross = {
      {2, 10}, {18, 10}, {18, 2}, {10, 2}, {10, 18}};
  const Plane plane = Line(cross, {.width = 3.0, .amplitude = 0.5f}, 20, 20);
  EXPECT_EQ(*std::max_element(plane.values.begin(), plane.values.end()), 0.5f);
}

TEST(StrokeTest, PlaneIsAWindow) {
  const Pen pen{.width = 3.3, .softness = 1.7, .amplitude = 1.0f};
  const std::vector<Point> pixels = {{-30, 12}, {14.2, 9.1}, {22, 70}};
  std::vector<Point> moved = pixels;
  for (Point& point : moved) {
    point.x += 64.0;
    point.y += 32.0;
  }
  const Plane small = Line(pixels, pen, 30, 25);
  const Plane large = Line(moved, pen, 128, 128);
  for (int y = 0; y < 25; ++y) {
    for (int x = 0; x < 30; ++x) {
      EXPECT_NEAR(small.Row(y)[x], large.Row(y + 32)[x + 64], 1e-5f);
    }
  }
  EXPECT_GT(SumOf(small), 50.0);
}

TEST(StrokeTest, NothingIsDrawnElsewhere) {
  EXPECT_EQ(SumOf(Line({}, {}, 9, 9)), 0.0);
  for (const Point away : {Point{-20, 4}, Point{30, 4}, Point{4, -20},
                           Point{4, 30}, Point{-1e9, 1e9}}) {
    EXPECT_EQ(SumOf(Line({away, away}, {.width = 3.0}, 9, 9)), 0.0);
  }
  EXPECT_TRUE(Line({{0, 0}, {5, 5}}, {}, 0, 0).values.empty());
}

// The same ink for any softness, also of a hair.
TEST(StrokeTest, InkIsTheWidth) {
  for (const double width : {0.1, 0.5, 1.0, 3.0}) {
    for (const double softness : {1.5, 3.0}) {
      const Plane plane = Line({{-20.0, 14.3}, {100.0, 17.8}},
                               {.width = width, .softness = softness}, 60, 30);
      const double length = 60.0 * std::hypot(120.0, 3.5) / 120.0;
      EXPECT_NEAR(SumOf(plane), width * length, 0.02 * width * length)
          << width << ", " << softness;
    }
  }
}

TEST(StrokeTest, ThinLinesFade) {
  const Pen hair{.width = 0.2, .softness = 1.5};
  const Pen line{.width = 0.4, .softness = 1.5};
  const std::vector<Point> pixels = {{1.0, 3.1}, {30.0, 8.7}};
  const Plane faint = Line(pixels, hair, 32, 12);
  const Plane plane = Line(pixels, line, 32, 12);
  EXPECT_NEAR(SumOf(faint) / SumOf(plane), 0.5, 0.03);
  EXPECT_LT(*std::max_element(faint.values.begin(), faint.values.end()), 0.21f);
  EXPECT_GT(SumOf(faint), 4.0);
}

TEST(StrokeTest, PointIsADot) {
  const Plane plane =
      Line({{10.2, 9.6}}, {.width = 12.0, .softness = 1.0}, 20, 20);
  const Plane disc = Coverage(Ellipse({10.2, 9.6}, 6.0, 6.0, 200), 20, 20);
  EXPECT_NEAR(SumOf(plane), SumOf(disc), 0.5);
}

TEST(StrokeDeathTest, PensHaveASoftness) {
  EXPECT_DEATH(Line({{1, 1}}, {.softness = 0.0}, 3, 3), "softness");
}

}  // namespace
}  // namespace cxr::synth
