// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_lungs.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/film/draw_opacities.h"
#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/raster/distance.h"

namespace cxr::synth {
namespace {

// Prototype: attenuation that a full lung takes away, radius of its round
// edges, vessels, and what a pneumothorax takes. Water (0.05 there) is raised
// for effusions to be as visible as there.
constexpr double kAir = 0.62;
constexpr double kRound = 0.11;
constexpr float kVessels = 0.115f;
constexpr double kWater = 0.11;
constexpr float kFreeAir = -0.10f;
// The air's edges are blurred by breath and heartbeat.
constexpr double kAirBlur = 0.0045;
// As wide as heart and diaphragm are blurred: a sharp edge of the water would
// leave a dark line along theirs.
constexpr double kWaterBlur = 0.007;

struct LungPlanes {
  Plane tissue = {};  // share of pixels with lung that holds air
  Plane air = {};     // thickness, 0..1
  Plane extra = {};   // attenuation of what is in the lungs, not capped
};

LungPlanes MakeLungPlanes(const Frame& frame, const Anatomy& anatomy) {
  LungPlanes planes{.tissue = CoverageOf(frame, LungOf(anatomy.landmarks, 0))};
  AddPlane(CoverageOf(frame, LungOf(anatomy.landmarks, 1)), 1.0f,
           &planes.tissue);
  for (float& value : planes.tissue.values) value = std::min(value, 1.0f);
  planes.air = Thickness(planes.tissue, kRound * frame.pixels_per_unit());
  BlurUnits(frame, kAirBlur, &planes.air);
  planes.extra = MakePlane(frame.width, frame.height);
  return planes;
}

// Water replaces air: drawn as more attenuation it would leave bright rims
// where the lung is thin.
void Flood(const Frame& frame, const Anatomy& anatomy, const Effusion& effusion,
           LungPlanes* planes) {
  constexpr double kSoft = 0.016;
  const double sign = SignOf(effusion.side);
  const double top = effusion.level - effusion.rise - effusion.wall_rise;
  const std::vector<Point> corners = {
      {anatomy.midline_x, top},
      {anatomy.midline_x + sign * (anatomy.half_width + 0.06), top},
      {anatomy.midline_x + sign * (anatomy.half_width + 0.06),
       anatomy.costophrenic_y[effusion.side] + 0.05},
      {anatomy.midline_x, anatomy.costophrenic_y[effusion.side] + 0.05}};
  ForPixels(frame, PixelsAround(frame, corners, kSoft),
            [&](Point at, size_t i) {
              if (sign * (at.x - anatomy.midline_x) < 0.02) return;
              const double wet =
                  SmoothStep((at.y - SurfaceOf(effusion, at.x)) / kSoft + 0.5);
              if (wet <= 0.0) return;
              const float dry = static_cast<float>(1.0 - wet);
              planes->extra.values[i] +=
                  static_cast<float>(kWater * wet * planes->tissue.values[i]);
              planes->air.values[i] *= dry;
              planes->tissue.values[i] *= dry;
            });
}

// Free air has no vessels; the lung's edge is a fine line.
void Collapse(const Frame& frame, const Pneumothorax& pneumothorax,
              LungPlanes* planes) {
  Plane share = CoverageOf(frame, pneumothorax.outline);
  for (size_t i = 0; i < share.values.size(); ++i) {
    const float free = share.values[i] * planes->tissue.values[i];
    planes->extra.values[i] += kFreeAir * free;
    planes->tissue.values[i] -= 0.95f * free;
  }
  AddStroke(frame, pneumothorax.edge, &planes->extra);
}

}  // namespace

Plane DrawLungs(const Frame& frame, const Layout& layout,
                const Textures& textures) {
  LungPlanes planes = MakeLungPlanes(frame, layout.anatomy);
  for (const Effusion& effusion : layout.pleura.effusions) {
    Flood(frame, layout.anatomy, effusion, &planes);
  }
  if (!layout.pleura.effusions.empty()) {
    BlurUnits(frame, kWaterBlur, &planes.extra);
  }
  for (const Pneumothorax& pneumothorax : layout.pleura.pneumothoraces) {
    Collapse(frame, pneumothorax, &planes);
  }
  Plane vessels = MakePlane(frame.width, frame.height);
  AddStrokes(frame, layout.vessels, &vessels);
  const Plane opacities = DrawOpacities(frame, layout, textures);
  const float air = static_cast<float>(kAir * layout.lungs.air);
  const float vessel = static_cast<float>(kVessels * layout.lungs.vessels);
  Plane result = std::move(planes.extra);
  for (size_t i = 0; i < result.values.size(); ++i) {
    const float tissue = planes.tissue.values[i];
    const float taken = air * planes.air.values[i];
    // No opacity is denser than the air that it takes the place of.
    result.values[i] +=
        vessel * std::min(vessels.values[i], 1.6f) * tissue - taken +
        std::min(1.25f * opacities.values[i] * tissue, 1.05f * taken);
  }
  return result;
}

}  // namespace cxr::synth
