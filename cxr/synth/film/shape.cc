// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/shape.h"

#include <algorithm>
#include <vector>

#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

// Place of the costophrenic angle in both lungs' outlines.
constexpr int kCostophrenic = 21;

}  // namespace

std::vector<int> SidesOf(int study_side) {
  if (study_side < 0) return {0};
  if (study_side > 0) return {1};
  return {0, 1};
}

absl::Span<const Point> LungOutline(const Anatomy& anatomy, int side) {
  if (side == 0) return anatomy.landmarks.right_lung;
  return anatomy.landmarks.left_lung;
}

double OuterX(const Anatomy& anatomy, int side, double y) {
  const absl::Span<const Point> lung = LungOutline(anatomy, side);
  if (y <= lung[0].y) return lung[0].x;
  for (int i = 0; i < kCostophrenic; ++i) {
    const Point& a = lung[i];
    const Point& b = lung[i + 1];
    if (y >= a.y && y < b.y) {
      return a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
    }
  }
  return lung[kCostophrenic].x;
}

Point PointInLung(const Anatomy& anatomy, int side, HeightRange heights,
                  RandomStream* stream) {
  const absl::Span<const Point> lung = LungOutline(anatomy, side);
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
