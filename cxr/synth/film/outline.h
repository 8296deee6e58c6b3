// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_OUTLINE_H_
#define CXR_SYNTH_FILM_OUTLINE_H_

#include <limits>

#include "absl/types/span.h"
#include "cxr/synth/raster/frame.h"

// How far an organ's outline reaches.
//
//   const Extent columns = ExtentOf(heart, &Point::x);
//   const double wall = EdgeAt(left_lung, /*y=*/0.5, /*direction=*/1);

namespace cxr::synth {

// The corners of a closed polygon.
using Outline = absl::Span<const Point>;

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  double size() const { return high - low; }
  double middle() const { return 0.5 * (low + high); }
};

// The smallest that holds both.
Extent Union(const Extent& a, const Extent& b);

// `axis` is &Point::x or &Point::y.
Extent ExtentOf(Outline outline, double Point::*axis);

// Of the line through the points, the x that is farthest to the left (direction
// -1) or right (1) of the film at height y, or at its own top or bottom if it
// does not reach y. There must be a point.
double EdgeAt(absl::Span<const Point> line, double y, int direction);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_OUTLINE_H_
