// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_body.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {
namespace {

// Prototype: 1.05 in the middle of the trunk.
constexpr double kTrunk = 1.05;

// A trunk's cross-section is an ellipse with flattened ends: sqrt(1 - u^6), u
// the distance from the midline in half widths.
void AddTrunk(const Frame& frame, const Body& body, Plane* plane) {
  ForPixels(frame, AllPixels(frame), [&](Point at, size_t i) {
    const double row =
        std::clamp((at.y - kGirthTop) / kGirthStep, 0.0, kGirths - 1.001);
    const int above = static_cast<int>(row);
    const double t = row - above;
    const Girth& a = body.girths[above];
    const Girth& b = body.girths[above + 1];
    const double half = a.half_width + t * (b.half_width - a.half_width);
    const double u = (at.x - body.midline_x) / half;
    const double square = u * u;
    const double rest = 1.0 - square * square * square;
    if (rest <= 0.0) return;
    const double depth = a.depth + t * (b.depth - a.depth);
    plane->values[i] = static_cast<float>(kTrunk * depth * std::sqrt(rest));
  });
}

void AddArm(const Frame& frame, const Arm& arm, Plane* plane) {
  const double x = arm.to.x - arm.from.x;
  const double y = arm.to.y - arm.from.y;
  const double square = x * x + y * y;
  const std::vector<Point> ends = {arm.from, arm.to};
  ForPixels(
      frame, PixelsAround(frame, ends, arm.radius), [&](Point at, size_t i) {
        const double along = std::clamp(
            ((at.x - arm.from.x) * x + (at.y - arm.from.y) * y) / square, 0.0,
            1.0);
        const double dx = at.x - arm.from.x - along * x;
        const double dy = at.y - arm.from.y - along * y;
        const double rest =
            1.0 - (dx * dx + dy * dy) / (arm.radius * arm.radius);
        if (rest <= 0.0) return;
        const double trunk = plane->values[i];
        // Muscles of both run into each other at the shoulder.
        const double thick = arm.amplitude * arm.amplitude * rest;
        plane->values[i] = static_cast<float>(std::sqrt(trunk * trunk + thick));
      });
}

}  // namespace

Plane DrawTrunk(const Frame& frame, const Body& body) {
  Plane plane = MakePlane(frame.width, frame.height);
  AddTrunk(frame, body, &plane);
  for (const Arm& arm : body.arms) AddArm(frame, arm, &plane);
  return plane;
}

}  // namespace cxr::synth
