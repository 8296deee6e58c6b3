// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_CANVAS_H_
#define CXR_SYNTH_FILM_CANVAS_H_

#include <algorithm>
#include <cstddef>

#include "absl/types/span.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// Shapes in units drawn into the pixels of a frame.

namespace cxr::synth {

// Pixels with left <= x < right and top <= y < bottom.
struct PixelRectangle {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

// The pixels around points, with a margin in units, inside of the frame.
PixelRectangle PixelsAround(const Frame& frame, absl::Span<const Point> units,
                            double margin);
PixelRectangle AllPixels(const Frame& frame);

// Where pixels' centres are in units: origin + x * along_row + y * down.
struct UnitGrid {
  Point origin = {};
  Point along_row = {};
  Point down = {};
};
UnitGrid GridOf(const Frame& frame);

// Calls visit(point in units, index into the plane) for pixels, row by row.
template <typename Visit>
void ForPixels(const Frame& frame, const PixelRectangle& pixels, Visit visit) {
  const UnitGrid grid = GridOf(frame);
  for (int y = pixels.top; y < pixels.bottom; ++y) {
    size_t index = size_t{1} * y * frame.width + pixels.left;
    for (int x = pixels.left; x < pixels.right; ++x, ++index) {
      visit(Point{grid.origin.x + x * grid.along_row.x + y * grid.down.x,
                  grid.origin.y + x * grid.along_row.y + y * grid.down.y},
            index);
    }
  }
}

void AddStroke(const Frame& frame, const Stroke& stroke, Plane* plane);
void AddStrokes(const Frame& frame, absl::Span<const Stroke> strokes,
                Plane* plane);
// Adds amplitude * coverage.
void AddArea(const Frame& frame, const Area& area, Plane* plane);
// Adds amplitude * (1 - r^2)^2, r the distance from the centre in radii.
void AddBlob(const Frame& frame, const Blob& blob, Plane* plane);

// Coverage of a closed outline in units.
Plane CoverageOf(const Frame& frame, absl::Span<const Point> outline);

// to += weight * from.
void AddPlane(const Plane& from, float weight, Plane* to);

// Blurs by a deviation in units; not at all if that is far below a pixel.
void BlurUnits(const Frame& frame, double sigma, Plane* plane);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_CANVAS_H_
