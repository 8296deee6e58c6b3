// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_frontal.h"

#include <algorithm>
#include <utility>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/film/draw_body.h"
#include "cxr/synth/film/draw_lungs.h"
#include "cxr/synth/film/draw_opacities.h"
#include "cxr/synth/film/layout.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/film/textures.h"
#include "cxr/synth/raster/distance.h"

namespace cxr::synth {
namespace {

// The radius of the heart's round edges is the prototype's. Abdomen (0.30
// there) and coarse texture (0.030) fit the mean of real films better so.
constexpr float kAbdomen = 0.24f;
constexpr float kHidden = 0.8f;
constexpr double kHeartRound = 0.10;
constexpr float kCoarseTexture = 0.026f;
constexpr float kFineTexture = 0.012f;
// Heart and diaphragm move while the film is taken.
constexpr double kOrganBlur = 0.007;

// Heart, mediastinum and abdomen.
Plane DrawOrgans(const Frame& frame, const Layout& layout) {
  Plane organs = MakePlane(frame.width, frame.height);
  const Plane heart =
      Thickness(CoverageOf(frame, layout.anatomy.landmarks.heart),
                kHeartRound * frame.pixels_per_unit());
  AddPlane(heart, static_cast<float>(layout.mediastinum.heart), &organs);
  AddArea(frame, layout.mediastinum.band, &organs);
  for (const Area& bone : layout.bones.areas) AddArea(frame, bone, &organs);
  BlurUnits(frame, kOrganBlur, &organs);
  // The abdomen hides most of what reaches into it.
  ForPixels(frame, AllPixels(frame), [&](Point at, size_t i) {
    const float below = static_cast<float>(AbdomenAt(layout.body, at));
    organs.values[i] *= 1.0f - kHidden * below;
    organs.values[i] += kAbdomen * below;
  });
  return organs;
}

void AddHernia(const Frame& frame, const Nodule& hernia,
               const Textures& textures, Plane* plane) {
  AddNodule(frame, hernia, textures.fine, plane);
  const double fluid = hernia.center.y + 0.1 * hernia.radius;
  ForPixels(
      frame,
      PixelsAround(frame, Corners(hernia.center, hernia.radius, hernia.radius),
                   0.0),
      [&](Point at, size_t i) {
        const double x = (at.x - hernia.center.x) / hernia.radius;
        const double y = (at.y - hernia.center.y) / hernia.radius;
        const double rest = 1.0 - x * x - y * y;
        if (rest <= 0.0) return;
        const double wet = SmoothStep((at.y - fluid) / 0.006 + 0.5);
        plane->values[i] += static_cast<float>(
            hernia.amplitude * std::min(1.0, 3.0 * rest) * (1.7 * wet - 0.8));
      });
}

// What is inside of the body and needs no blur.
void AddDetails(const Frame& frame, const Layout& layout,
                const Textures& textures, Plane* plane) {
  for (const Blob& blob : layout.body.soft) AddBlob(frame, blob, plane);
  for (const Blob& blob : layout.body.gas) AddBlob(frame, blob, plane);
  for (const Blob& blob : layout.mediastinum.bulges) {
    AddBlob(frame, blob, plane);
  }
  AddStrokes(frame, layout.body.folds, plane);
  AddStrokes(frame, layout.mediastinum.airways, plane);
  AddStrokes(frame, layout.mediastinum.vessels, plane);
  for (const Nodule& hernia : layout.mediastinum.hernias) {
    AddHernia(frame, hernia, textures, plane);
  }
  AddStrokes(frame, layout.bones.strokes, plane);
  AddStrokes(frame, layout.pleura.thickenings, plane);
  for (const Nodule& dot : layout.lungs.dots) {
    AddNodule(frame, dot, textures.fine, plane);
  }
  for (const Nodule& round : layout.distractors.rounds) {
    AddNodule(frame, round, textures.fine, plane);
  }
  AddStrokes(frame, layout.distractors.strokes, plane);
}

}  // namespace

Exposure DrawFrontal(const FilmRequest& request, const Frame& frame) {
  const Layout layout = MakeLayout(request);
  const Textures textures =
      MakeTextures(frame, request.patient.key.Child("texture"));
  Plane body = DrawTrunk(frame, layout.body);
  const Plane organs = DrawOrgans(frame, layout);
  Plane details = DrawLungs(frame, layout, textures);
  AddDetails(frame, layout, textures, &details);
  Plane film = MakePlane(frame.width, frame.height);
  for (size_t i = 0; i < film.values.size(); ++i) {
    const float inside = std::min(1.0f, 2.0f * body.values[i]);
    film.values[i] =
        body.values[i] + inside * (organs.values[i] + details.values[i] +
                                   kCoarseTexture * textures.coarse.values[i] +
                                   kFineTexture * textures.fine.values[i]);
  }
  AddStrokes(frame, layout.devices.strokes, &film);
  for (const Area& device : layout.devices.areas) {
    AddArea(frame, device, &film);
  }
  return {std::move(film), std::move(body)};
}

}  // namespace cxr::synth
