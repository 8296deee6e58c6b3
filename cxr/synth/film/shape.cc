// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/shape.h"

#include <algorithm>
#include <vector>

#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/film/outline.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {

std::vector<int> SidesOf(int study_side) {
  if (study_side < 0) return {0};
  if (study_side > 0) return {1};
  return {0, 1};
}

double OuterX(const Anatomy& anatomy, int side, double y) {
  return EdgeAt(ChestWall(LungOf(anatomy.landmarks, side)), y, SignOf(side));
}

Point PointInLung(const Anatomy& anatomy, int side, HeightRange heights,
                  RandomStream* stream) {
  const Outline lung = LungOf(anatomy.landmarks, side);
  const auto [left, right] = std::minmax_element(
      lung.begin(), lung.end(),
      [](const Point& a, const Point& b) { return a.x < b.x; });
  // A lung fills more than a third of its rectangle.
  for (int i = 0; i < 64; ++i) {
    const Point point{.x = stream->Between(left->x, right->x),
                      .y = stream->Between(heights.top, heights.bottom)};
    if (Inside(lung, point)) return point;
  }
  return anatomy.hilum[side];
}

std::vector<Point> Corners(Point center, double radius_x, double radius_y) {
  return {{center.x - radius_x, center.y - radius_y},
          {center.x + radius_x, center.y - radius_y},
          {center.x + radius_x, center.y + radius_y},
          {center.x - radius_x, center.y + radius_y}};
}

}  // namespace cxr::synth
