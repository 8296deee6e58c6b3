// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/spline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "cxr/synth/raster/frame.h"

namespace cxr::synth {
namespace {

void ExpectNear(Point actual, Point expected) {
  EXPECT_NEAR(actual.x, expected.x, 1e-12);
  EXPECT_NEAR(actual.y, expected.y, 1e-12);
}

TEST(SplineTest, GoesThroughItsPoints) {
  const std::vector<Point> points = {{0, 0}, {3, 1}, {2, 5}, {-1, 4}, {-2, 2}};
  const std::vector<Point> closed = ClosedSpline(points, 7);
  const std::vector<Point> open = OpenSpline(points, 7);
  ASSERT_EQ(closed.size(), 5u * 7);
  ASSERT_EQ(open.size(), 4u * 7 + 1);
  for (size_t i = 0; i < points.size(); ++i) {
    ExpectNear(closed[7 * i], points[i]);
    ExpectNear(open[7 * i], points[i]);
  }
}

// With parameters a unit apart its slopes are exact for quadratic curves.
TEST(SplineTest, IsExactForQuadraticCurves) {
  std::vector<Point> points;
  for (int i = 0; i < 6; ++i) {
    points.push_back({.x = 1.0 * i, .y = 2.0 * i * i - 5.0 * i});
  }
  const std::vector<Point> curve = OpenSpline(points, 4);
  for (int i = 4; i <= 16; ++i) {  // The outer spans lack a neighbour.
    const double t = i / 4.0;
    ExpectNear(curve[i], {.x = t, .y = 2.0 * t * t - 5.0 * t});
  }
}

TEST(SplineTest, ClosedCurveDoesNotDependOnItsStart) {
  std::vector<Point> points = {{0, 0}, {3, 1}, {2, 5}, {-1, 4}};
  std::vector<Point> curve = ClosedSpline(points, 3);
  std::rotate(points.begin(), points.begin() + 1, points.end());
  const std::vector<Point> turned = ClosedSpline(points, 3);
  std::rotate(curve.begin(), curve.begin() + 3, curve.end());
  for (size_t i = 0; i < curve.size(); ++i) {
    ExpectNear(turned[i], curve[i]);
  }
}

TEST(SplineTest, FewPointsAreEnough) {
  EXPECT_TRUE(ClosedSpline({}, 5).empty());
  EXPECT_TRUE(OpenSpline({}, 5).empty());
  const std::vector<Point> one = {{2, 3}};
  ASSERT_EQ(OpenSpline(one, 5).size(), 1u);
  ExpectNear(OpenSpline(one, 5)[0], one[0]);
  ExpectNear(ClosedSpline(one, 5)[4], one[0]);
  const std::vector<Point> two = {{0, 0}, {4, 8}};
  for (const Point point : OpenSpline(two, 5)) {
    EXPECT_NEAR(point.y, 2.0 * point.x, 1e-12);
  }
}

TEST(SplineTest, EllipseHasItsRadii) {
  const std::vector<Point> ellipse =
      Ellipse({.x = 1.0, .y = 2.0}, 3.0, 5.0, 12);
  ASSERT_EQ(ellipse.size(), 12u);
  ExpectNear(ellipse[0], {.x = 4.0, .y = 2.0});
  ExpectNear(ellipse[3], {.x = 1.0, .y = 7.0});
  for (const Point point : ellipse) {
    EXPECT_NEAR(std::hypot((point.x - 1.0) / 3.0, (point.y - 2.0) / 5.0), 1.0,
                1e-12);
  }
}

}  // namespace
}  // namespace cxr::synth
