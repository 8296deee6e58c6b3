// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_SPLINE_H_
#define CXR_SYNTH_RASTER_SPLINE_H_

#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/raster/frame.h"

namespace cxr::synth {

// Catmull-Rom curves through the points, `steps` points a span, starting on the
// first one. An open curve ends on the last one.
std::vector<Point> ClosedSpline(absl::Span<const Point> points, int steps);
std::vector<Point> OpenSpline(absl::Span<const Point> points, int steps);

// `steps` points of an ellipse with axes along x and y.
std::vector<Point> Ellipse(Point center, double radius_x, double radius_y,
                           int steps);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_SPLINE_H_
