// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_diffuse.h"

#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/exact_math.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

struct Maker {
  const Anatomy& anatomy;
  const FindingView& view;
  LungFindings* findings;
};

// The points of a lung's outline between two heights.
std::vector<Point> PartOfLung(const Anatomy& anatomy, int side,
                              HeightRange heights) {
  std::vector<Point> points;
  for (const Point& point : LungOf(anatomy.landmarks, side)) {
    if (point.y >= heights.top && point.y <= heights.bottom) {
      points.push_back(point);
    }
  }
  return points;
}

void AddPlaceInLung(const Maker& maker, Finding finding, int side,
                    HeightRange heights) {
  std::vector<Point> points = PartOfLung(maker.anatomy, side, heights);
  if (!points.empty()) {
    maker.findings->places.push_back({finding, std::move(points)});
  }
}

// Of everybody: small vessels and airways around the hila that no line shows.
void AddFineTissue(const Maker& maker) {
  for (const int side : {0, 1}) {
    const Point hilum = maker.anatomy.hilum[side];
    maker.findings->hazes.push_back(
        {.center = {hilum.x + SignOf(side) * 0.02, hilum.y + 0.06},
         .radius_x = 0.20,
         .radius_y = 0.30,
         .amplitude = 0.08});
  }
}

// Haze around the hila and Kerley's lines at the outer base.
void AddEdema(const Maker& maker) {
  const Anatomy& anatomy = maker.anatomy;
  const double severity = maker.view.Severity(Finding::kEdema);
  for (const int side : {0, 1}) {
    const Point hilum = anatomy.hilum[side];
    const double sign = SignOf(side);
    const Blob haze{.center = {hilum.x + sign * 0.055, hilum.y + 0.03},
                    .radius_x = 0.23,
                    .radius_y = 0.31,
                    .amplitude = 0.43 * severity};
    maker.findings->hazes.push_back(haze);
    maker.findings->places.push_back(
        {Finding::kEdema, Corners(haze.center, 0.11, 0.15)});
    const int lines = static_cast<int>(3.0 + 7.0 * severity);
    for (int i = 0; i < lines; ++i) {
      const double y = anatomy.costophrenic_y[side] - 0.06 - 0.016 * i;
      const double x = OuterX(anatomy, side, y) - sign * 0.006;
      maker.findings->lines.push_back(
          {.points = {{x, y}, {x - sign * 0.028, y + 0.001}},
           .width = 0.0028,
           .softness = 0.0015,
           .amplitude = 0.05 * severity});
    }
  }
}

void AddInterstitialDisease(const Maker& maker) {
  const Finding finding = Finding::kInterstitialDisease;
  const double middle = maker.anatomy.apex_y + 0.22;
  for (const int side : maker.view.Sides(finding)) {
    maker.findings->nets.push_back(
        {.side = side,
         .amplitude = 0.075 * maker.view.Severity(finding),
         .top = middle - 0.10,
         .span = 0.30,
         .haze = 0.5});
    AddPlaceInLung(maker, finding, side, {.top = middle, .bottom = 2.0});
  }
}

void AddFibrosis(const Maker& maker) {
  const Finding finding = Finding::kFibrosis;
  const double middle = maker.anatomy.apex_y + 0.32;
  for (const int side : maker.view.Sides(finding)) {
    maker.findings->nets.push_back(
        {.side = side,
         .amplitude = 0.10 * maker.view.Severity(finding),
         .top = middle,
         .span = 0.22,
         .haze = 0.6});
    AddPlaceInLung(maker, finding, side, {.top = middle + 0.08, .bottom = 2.0});
  }
}

// Plates of airless lung above the diaphragm, which stands higher; in some a
// whole part of the lower lobe.
void AddAtelectasis(const Maker& maker, int side) {
  const Finding finding = Finding::kAtelectasis;
  RandomStream stream = maker.view.StreamOf(finding, side);
  const double sign = SignOf(side);
  const Point center{
      maker.anatomy.midline_x + sign * stream.Between(0.14, 0.26),
      maker.anatomy.dome_y[side] - 0.045 + stream.Normal(0.0, 0.012)};
  const double angle = stream.Normal(0.0, 0.22);
  const Point along{0.06 * Cos(angle), 0.06 * Sin(angle)};
  const int plates = 1 + stream.Below(3);
  const double amplitude =
      0.40 * maker.view.request().style.difficulty *
      (0.5 + 0.6 * maker.view.request().study.severity[finding]);
  std::vector<Point> points = Corners(center, 0.065, 0.025);
  for (int i = 0; i < plates; ++i) {
    const Point middle{center.x + stream.Normal(0.0, 0.008),
                       center.y - 0.022 * i};
    const Stroke plate{
        .points = {{middle.x - along.x, middle.y - along.y},
                   {middle.x, middle.y + stream.Normal(0.0, 0.003)},
                   {middle.x + along.x, middle.y + along.y}},
        .width = 0.0075,
        .softness = 0.005,
        .amplitude = amplitude};
    points.insert(points.end(), plate.points.begin(), plate.points.end());
    maker.findings->lines.push_back(plate);
  }
  if (stream.Chance(0.5)) {
    const Opacity lobe{.center = {maker.anatomy.midline_x + sign * 0.12,
                                  maker.anatomy.dome_y[side] - 0.01},
                       .radius_x = 0.075,
                       .radius_y = 0.085,
                       .amplitude = amplitude,
                       .grain = 0.3};
    maker.findings->opacities.push_back(lobe);
    for (const Point& corner : Corners(lobe.center, 0.06, 0.068)) {
      points.push_back(corner);
    }
  }
  // The lung around is fuller of blood than of air.
  maker.findings->hazes.push_back({.center = {center.x, center.y + 0.02},
                                   .radius_x = 0.27,
                                   .radius_y = 0.18,
                                   .amplitude = 1.35 * amplitude});
  maker.findings->places.push_back({finding, points});
}

// Darker lungs, fewer vessels, bullae in the upper lobes.
void AddEmphysema(const Maker& maker) {
  const Finding finding = Finding::kEmphysema;
  const double severity = maker.view.Severity(finding);
  maker.findings->air = 1.0 + 0.12 * severity;
  maker.findings->vessels = 1.0 - 0.35 * severity;
  for (const int side : maker.view.Sides(finding)) {
    RandomStream stream = maker.view.StreamOf(finding, side);
    const double apex = maker.anatomy.apex_y;
    const int bullae = 1 + stream.Below(3);
    for (int i = 0; i < bullae; ++i) {
      const double radius = stream.Between(0.03, 0.06);
      maker.findings->bullae.push_back(
          {.center = PointInLung(maker.anatomy, side,
                                 {.top = apex, .bottom = apex + 0.25}, &stream),
           .radius_x = radius,
           .radius_y = radius,
           .amplitude = -0.05 * severity});
    }
    AddPlaceInLung(maker, finding, side, {.top = 0.0, .bottom = apex + 0.30});
  }
}

}  // namespace

void AddDiffuse(const Anatomy& anatomy, const FindingView& view,
                LungFindings* findings) {
  const Maker maker{anatomy, view, findings};
  AddFineTissue(maker);
  if (view.Has(Finding::kEdema)) AddEdema(maker);
  if (view.Has(Finding::kInterstitialDisease)) AddInterstitialDisease(maker);
  if (view.Has(Finding::kFibrosis)) AddFibrosis(maker);
  if (view.Has(Finding::kAtelectasis)) {
    for (const int side : view.Sides(Finding::kAtelectasis)) {
      AddAtelectasis(maker, side);
    }
  }
  if (view.Has(Finding::kEmphysema)) AddEmphysema(maker);
}

}  // namespace cxr::synth
