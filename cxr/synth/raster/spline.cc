// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/spline.h"

#include <algorithm>
#include <vector>

#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/synth/random/exact_math.h"

namespace cxr::synth {
namespace {

constexpr double kTurn = 6.283185307179586;  // radians

// The cubic from b (t = 0) to c (t = 1) whose slopes there are half of c - a
// and of d - b.
double Between(double a, double b, double c, double d, double t) {
  return b + 0.5 * t *
                 (c - a +
                  t * (2.0 * a - 5.0 * b + 4.0 * c - d +
                       t * (3.0 * (b - c) + d - a)));
}

// The span from `b` on, without its end.
void AppendSpan(Point a, Point b, Point c, Point d, int steps,
                std::vector<Point>* curve) {
  for (int i = 0; i < steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    curve->push_back({.x = Between(a.x, b.x, c.x, d.x, t),
                      .y = Between(a.y, b.y, c.y, d.y, t)});
  }
}

}  // namespace

std::vector<Point> ClosedSpline(absl::Span<const Point> points, int steps) {
  CXR_CHECK(steps >= 1) << steps;
  const int count = static_cast<int>(points.size());
  std::vector<Point> curve;
  curve.reserve(points.size() * steps);
  for (int i = 0; i < count; ++i) {
    AppendSpan(points[(i + count - 1) % count], points[i],
               points[(i + 1) % count], points[(i + 2) % count], steps, &curve);
  }
  return curve;
}

std::vector<Point> OpenSpline(absl::Span<const Point> points, int steps) {
  CXR_CHECK(steps >= 1) << steps;
  std::vector<Point> curve;
  if (points.empty()) {
    return curve;
  }
  const int last = static_cast<int>(points.size()) - 1;
  curve.reserve(points.size() * steps);
  for (int i = 0; i < last; ++i) {
    AppendSpan(points[std::max(i - 1, 0)], points[i], points[i + 1],
               points[std::min(i + 2, last)], steps, &curve);
  }
  curve.push_back(points[last]);
  return curve;
}

std::vector<Point> Ellipse(Point center, double radius_x, double radius_y,
                           int steps) {
  CXR_CHECK(steps >= 1) << steps;
  std::vector<Point> curve;
  curve.reserve(steps);
  for (int i = 0; i < steps; ++i) {
    const double angle = kTurn * i / steps;
    curve.push_back({.x = center.x + radius_x * Cos(angle),
                     .y = center.y + radius_y * Sin(angle)});
  }
  return curve;
}

}  // namespace cxr::synth
