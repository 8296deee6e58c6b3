// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/canvas.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/synth/raster/blur.h"
#include "cxr/synth/raster/fill.h"
#include "cxr/synth/raster/stroke.h"

namespace cxr::synth {

PixelRectangle AllPixels(const Frame& frame) {
  return {0, 0, frame.width, frame.height};
}

PixelRectangle PixelsAround(const Frame& frame, absl::Span<const Point> units,
                            double margin) {
  CXR_CHECK(!units.empty()) << "a rectangle around no point";
  const std::vector<Point> pixels = ToPixels(frame, units);
  const auto [left, right] = std::minmax_element(
      pixels.begin(), pixels.end(),
      [](const Point& a, const Point& b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(
      pixels.begin(), pixels.end(),
      [](const Point& a, const Point& b) { return a.y < b.y; });
  const double reach = margin * frame.pixels_per_unit();
  const auto clip = [](double value, int limit) {
    return static_cast<int>(std::clamp(value, 0.0, 1.0 * limit));
  };
  return {.left = clip(std::floor(left->x - reach), frame.width),
          .top = clip(std::floor(top->y - reach), frame.height),
          .right = clip(std::ceil(right->x + reach), frame.width),
          .bottom = clip(std::ceil(bottom->y + reach), frame.height)};
}

UnitGrid GridOf(const Frame& frame) {
  const Point origin = ToUnits(frame, {0.5, 0.5});
  const Point right = ToUnits(frame, {1.5, 0.5});
  const Point below = ToUnits(frame, {0.5, 1.5});
  return {.origin = origin,
          .along_row = {right.x - origin.x, right.y - origin.y},
          .down = {below.x - origin.x, below.y - origin.y}};
}

void AddStroke(const Frame& frame, const Stroke& stroke, Plane* plane) {
  if (stroke.points.size() < 2) return;
  const double scale = frame.pixels_per_unit();
  AddLine(ToPixels(frame, stroke.points),
          {.width = stroke.width * scale,
           .softness = std::max(1.0, stroke.softness * scale),
           .amplitude = static_cast<float>(stroke.amplitude)},
          plane);
}

void AddStrokes(const Frame& frame, absl::Span<const Stroke> strokes,
                Plane* plane) {
  for (const Stroke& stroke : strokes) AddStroke(frame, stroke, plane);
}

void AddArea(const Frame& frame, const Area& area, Plane* plane) {
  const Plane coverage = CoverageOf(frame, area.outline);
  const PixelRectangle pixels = PixelsAround(frame, area.outline, 0.0);
  const float amplitude = static_cast<float>(area.amplitude);
  for (int y = pixels.top; y < pixels.bottom; ++y) {
    const float* from = coverage.Row(y);
    float* to = plane->Row(y);
    for (int x = pixels.left; x < pixels.right; ++x) {
      to[x] += amplitude * from[x];
    }
  }
}

void AddBlob(const Frame& frame, const Blob& blob, Plane* plane) {
  const PixelRectangle pixels = PixelsAround(
      frame, Corners(blob.center, blob.radius_x, blob.radius_y), 0.0);
  ForPixels(frame, pixels, [&](Point at, size_t i) {
    const double x = (at.x - blob.center.x) / blob.radius_x;
    const double y = (at.y - blob.center.y) / blob.radius_y;
    const double inner = std::max(0.0, 1.0 - x * x - y * y);
    plane->values[i] += static_cast<float>(blob.amplitude * inner * inner);
  });
}

Plane CoverageOf(const Frame& frame, absl::Span<const Point> outline) {
  return Coverage(ToPixels(frame, outline), frame.width, frame.height);
}

void AddPlane(const Plane& from, float weight, Plane* to) {
  CXR_CHECK(from.values.size() == to->values.size());
  for (size_t i = 0; i < from.values.size(); ++i) {
    to->values[i] += weight * from.values[i];
  }
}

void BlurUnits(const Frame& frame, double sigma, Plane* plane) {
  const double pixels = sigma * frame.pixels_per_unit();
  if (pixels >= 0.2) Blur(pixels, plane);
}

}  // namespace cxr::synth
