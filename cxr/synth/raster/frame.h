// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_FRAME_H_
#define CXR_SYNTH_RASTER_FRAME_H_

#include <vector>

#include "absl/types/span.h"

// Places in a film, in units and in pixels.

namespace cxr::synth {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

// Units: the film's height is 1, (0.5, 0.5) is its centre, y grows downwards; x
// of a square film is in 0..1, of others symmetric about 0.5. In pixels the
// centre of the top left pixel is (0.5, 0.5). Between the two lie a turn about
// the centre and a magnification.
struct Frame {
  int width = 0;                  // pixels
  int height = 0;                 // pixels
  double rotation_radians = 0.0;  // clockwise as one sees it
  double zoom = 1.0;

  double pixels_per_unit() const { return zoom * height; }
};

Point ToPixels(const Frame& frame, Point units);
Point ToUnits(const Frame& frame, Point pixels);
std::vector<Point> ToPixels(const Frame& frame, absl::Span<const Point> units);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_FRAME_H_
