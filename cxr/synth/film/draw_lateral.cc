// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_lateral.h"

#include <algorithm>
#include <utility>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/layout_lateral.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/film/textures.h"
#include "cxr/synth/raster/distance.h"

namespace cxr::synth {
namespace {

// A body is thicker from side to side than from front to back; otherwise as on
// frontal films.
constexpr float kTrunk = 1.15f;
constexpr double kTrunkRound = 0.16;
constexpr float kLung = 0.62f;
constexpr double kLungRound = 0.10;
constexpr float kHeart = 0.30f;
constexpr double kHeartRound = 0.09;
constexpr float kCoarseTexture = 0.030f;
constexpr float kFineTexture = 0.012f;

Plane ThickOutline(const Frame& frame, absl::Span<const Point> outline,
                   double round) {
  return Thickness(CoverageOf(frame, outline), round * frame.pixels_per_unit());
}

// Air of both lungs, without what lies under water.
Plane DrawAir(const Frame& frame, const Lateral& lateral) {
  Plane air = ThickOutline(frame, lateral.lung, kLungRound);
  BlurUnits(frame, 0.006, &air);
  ForPixels(frame, AllPixels(frame), [&](Point at, size_t i) {
    // Water stands highest at the back.
    const double surface = lateral.water_y - 0.08 * SmoothStep(at.x - 0.4);
    const double wet = SmoothStep((at.y - surface) / 0.02 + 0.5);
    air.values[i] *= static_cast<float>(1.0 - 0.9 * wet);
  });
  return air;
}

// Below the domes, and little by little in front of and behind them.
void AddAbdomen(const Frame& frame, const Lateral& lateral, Plane* organs) {
  Plane abdomen = MakePlane(frame.width, frame.height);
  AddArea(frame, lateral.abdomen, &abdomen);
  Plane wide = abdomen;
  BlurUnits(frame, 0.008, &abdomen);
  BlurUnits(frame, 0.08, &wide);
  ForPixels(frame, AllPixels(frame), [&](Point at, size_t i) {
    const double inside = SmoothStep((at.x - lateral.front) / 0.06) *
                          SmoothStep((lateral.back - at.x) / 0.06);
    const float sharp = static_cast<float>(inside);
    organs->values[i] +=
        sharp * abdomen.values[i] + (1.0f - sharp) * wide.values[i];
  });
}

Plane DrawOpacities(const Frame& frame, const Lateral& lateral,
                    const Plane& texture) {
  Plane plane = MakePlane(frame.width, frame.height);
  for (const Opacity& opacity : lateral.opacities) {
    const PixelRectangle pixels = PixelsAround(
        frame,
        Corners(opacity.center, 1.8 * opacity.radius_x, 1.8 * opacity.radius_y),
        0.0);
    ForPixels(frame, pixels, [&](Point at, size_t i) {
      plane.values[i] += static_cast<float>(
          opacity.amplitude *
          ShareOf(opacity, at, opacity.rough * texture.values[i]));
    });
  }
  AddStrokes(frame, lateral.vessels, &plane);
  return plane;
}

}  // namespace

Exposure DrawLateral(const FilmRequest& request, const Frame& frame) {
  const Lateral lateral = LayOutLateral(FindingView(request));
  const Textures textures =
      MakeTextures(frame, request.patient.key.Child("lateral texture"));
  Plane body = ThickOutline(frame, lateral.body, kTrunkRound);
  const Plane air = DrawAir(frame, lateral);
  const Plane opacities = DrawOpacities(frame, lateral, textures.fine);
  Plane organs = MakePlane(frame.width, frame.height);
  AddPlane(ThickOutline(frame, lateral.heart, kHeartRound), kHeart, &organs);
  BlurUnits(frame, 0.008, &organs);
  AddAbdomen(frame, lateral, &organs);
  AddStrokes(frame, lateral.bones, &organs);
  AddStrokes(frame, lateral.air, &organs);
  for (const Blob& blob : lateral.soft) AddBlob(frame, blob, &organs);
  Plane film = MakePlane(frame.width, frame.height);
  for (size_t i = 0; i < film.values.size(); ++i) {
    const float taken =
        kLung * static_cast<float>(lateral.lung_air) * air.values[i];
    film.values[i] =
        kTrunk * body.values[i] - taken + std::min(opacities.values[i], taken) +
        std::min(1.0f, 2.0f * body.values[i]) *
            (organs.values[i] + kCoarseTexture * textures.coarse.values[i] +
             kFineTexture * textures.fine.values[i]);
  }
  AddStrokes(frame, lateral.devices, &film);
  return {std::move(film), std::move(body)};
}

}  // namespace cxr::synth
