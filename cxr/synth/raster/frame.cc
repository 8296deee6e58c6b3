// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/frame.h"

#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/random/exact_math.h"

namespace cxr::synth {
namespace {

// The centre of a film in units.
constexpr double kMiddle = 0.5;

struct Turn {
  double cosine = 1.0;
  double sine = 0.0;
};

Turn TurnOf(const Frame& frame) {
  return {.cosine = Cos(frame.rotation_radians),
          .sine = Sin(frame.rotation_radians)};
}

Point Place(const Frame& frame, Turn turn, Point units) {
  const double x = (units.x - kMiddle) * frame.pixels_per_unit();
  const double y = (units.y - kMiddle) * frame.pixels_per_unit();
  return {.x = 0.5 * frame.width + turn.cosine * x - turn.sine * y,
          .y = 0.5 * frame.height + turn.sine * x + turn.cosine * y};
}

}  // namespace

Point ToPixels(const Frame& frame, Point units) {
  return Place(frame, TurnOf(frame), units);
}

Point ToUnits(const Frame& frame, Point pixels) {
  const Turn turn = TurnOf(frame);
  const double x = (pixels.x - 0.5 * frame.width) / frame.pixels_per_unit();
  const double y = (pixels.y - 0.5 * frame.height) / frame.pixels_per_unit();
  return {.x = kMiddle + turn.cosine * x + turn.sine * y,
          .y = kMiddle + turn.cosine * y - turn.sine * x};
}

std::vector<Point> ToPixels(const Frame& frame, absl::Span<const Point> units) {
  const Turn turn = TurnOf(frame);
  std::vector<Point> pixels;
  pixels.reserve(units.size());
  for (const Point point : units) {
    pixels.push_back(Place(frame, turn, point));
  }
  return pixels;
}

}  // namespace cxr::synth
