// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/outline.h"

#include <algorithm>

#include "cxr/base/check.h"

namespace cxr::synth {

Extent Union(const Extent& a, const Extent& b) {
  return {.low = std::min(a.low, b.low), .high = std::max(a.high, b.high)};
}

Extent ExtentOf(Outline outline, double Point::*axis) {
  Extent extent;
  for (const Point& point : outline) {
    extent = Union(extent, {.low = point.*axis, .high = point.*axis});
  }
  return extent;
}

double EdgeAt(absl::Span<const Point> line, double y, int direction) {
  CXR_CHECK(!line.empty());
  const Extent rows = ExtentOf(line, &Point::y);
  y = std::clamp(y, rows.low, rows.high);
  double farthest = -std::numeric_limits<double>::infinity();
  Point a = line.front();
  for (const Point& b : line) {
    if (std::min(a.y, b.y) <= y && y <= std::max(a.y, b.y)) {
      const double share = a.y == b.y ? 1.0 : (y - a.y) / (b.y - a.y);
      farthest = std::max(farthest, direction * (a.x + share * (b.x - a.x)));
    }
    a = b;
  }
  return direction * farthest;
}

}  // namespace cxr::synth
