// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_opacities.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/raster/noise.h"

namespace cxr::synth {
namespace {

constexpr double kGrain = 0.35;  // of texture in an opacity of grain 1
constexpr double kHazeGrain = 0.25;

void AddOpacity(const Frame& frame, const Opacity& opacity,
                const Plane& texture, Plane* plane) {
  const PixelRectangle pixels = PixelsAround(
      frame,
      Corners(opacity.center, 1.8 * opacity.radius_x, 1.8 * opacity.radius_y),
      0.0);
  ForPixels(frame, pixels, [&](Point at, size_t i) {
    const double noise = texture.values[i];
    const double share = ShareOf(opacity, at, opacity.rough * noise);
    if (share <= 0.0) return;
    plane->values[i] += static_cast<float>(
        opacity.amplitude * share * (1.0 + kGrain * opacity.grain * noise));
  });
}

void AddHaze(const Frame& frame, const Blob& haze, const Plane& texture,
             Plane* plane) {
  const PixelRectangle pixels = PixelsAround(
      frame, Corners(haze.center, haze.radius_x, haze.radius_y), 0.0);
  ForPixels(frame, pixels, [&](Point at, size_t i) {
    const double x = (at.x - haze.center.x) / haze.radius_x;
    const double y = (at.y - haze.center.y) / haze.radius_y;
    const double rest = std::max(0.0, 1.0 - x * x - y * y);
    plane->values[i] += static_cast<float>(
        haze.amplitude * rest * rest * (1.0 + kHazeGrain * texture.values[i]));
  });
}

// Lines where a fine noise is far from 0.
void AddNet(const Frame& frame, const Layout& layout, const Reticulation& net,
            const Plane& noise, Plane* plane) {
  const Anatomy& anatomy = layout.anatomy;
  const double sign = SignOf(net.side);
  const std::vector<Point> corners = {
      {anatomy.midline_x, net.top},
      {anatomy.midline_x + sign * (anatomy.half_width + 0.05), net.top},
      {anatomy.midline_x + sign * (anatomy.half_width + 0.05),
       anatomy.costophrenic_y[net.side] + 0.02}};
  ForPixels(frame, PixelsAround(frame, corners, 0.0), [&](Point at, size_t i) {
    const double down = std::clamp((at.y - net.top) / net.span, 0.0, 1.0);
    const double out =
        std::clamp(sign * (at.x - anatomy.midline_x) / 0.25, 0.0, 1.0);
    const double line = SmoothStep((std::fabs(noise.values[i]) - 0.6) / 0.6);
    plane->values[i] +=
        static_cast<float>(net.amplitude * down * out * (line + net.haze));
  });
}

void AddNets(const Frame& frame, const Layout& layout, RandomKey key,
             Plane* plane) {
  if (layout.lungs.nets.empty()) return;
  const Plane noise = LatticeNoise(frame, {.beta = 1.2, .lowest = 14}, key);
  for (const Reticulation& net : layout.lungs.nets) {
    AddNet(frame, layout, net, noise, plane);
  }
}

}  // namespace

void AddNodule(const Frame& frame, const Nodule& nodule, const Plane& texture,
               Plane* plane) {
  const double inner = 1.0 - nodule.wall;
  const PixelRectangle pixels = PixelsAround(
      frame, Corners(nodule.center, 1.3 * nodule.radius, 1.3 * nodule.radius),
      0.0);
  ForPixels(frame, pixels, [&](Point at, size_t i) {
    const double x = (at.x - nodule.center.x) / nodule.radius;
    const double y = (at.y - nodule.center.y) / nodule.radius;
    const double frayed = 1.0 + nodule.fringe * texture.values[i];
    const double square = (x * x + y * y) * frayed * frayed;
    if (square >= 1.0) return;
    // The chord through a ball, less that through its hollow.
    double chord = std::sqrt(1.0 - square);
    const double hollow = inner * inner - square;
    if (hollow > 0.0) chord -= std::sqrt(hollow);
    plane->values[i] += static_cast<float>(nodule.amplitude * chord);
  });
}

Plane DrawOpacities(const Frame& frame, const Layout& layout,
                    const Textures& textures) {
  Plane plane = MakePlane(frame.width, frame.height);
  const LungFindings& lungs = layout.lungs;
  for (const Opacity& opacity : lungs.opacities) {
    AddOpacity(frame, opacity, textures.fine, &plane);
  }
  AddStrokes(frame, lungs.bronchi, &plane);
  for (const Nodule& nodule : lungs.nodules) {
    AddNodule(frame, nodule, textures.fine, &plane);
  }
  for (const Blob& haze : lungs.hazes) {
    AddHaze(frame, haze, textures.fine, &plane);
  }
  for (const Blob& veil : layout.pleura.veils) AddBlob(frame, veil, &plane);
  AddStrokes(frame, lungs.lines, &plane);
  for (const Blob& bulla : lungs.bullae) AddBlob(frame, bulla, &plane);
  AddNets(frame, layout, lungs.net_key, &plane);
  return plane;
}

}  // namespace cxr::synth
