// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_pleura.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/film/outline.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

constexpr int kGrid = 40;

// How high water stands at severity 1, above a first 0.06. The prototype's is
// 0.20; with its amplitudes findings are seen worse on shapes that vary as much
// as these (mean AUROC of a baseline 0.69, where 0.79 is intended). With twice
// the height an effusion has 0.88, measured.
constexpr double kWaterHeight = 0.42;

// Points of a lung that are under water.
std::vector<Point> UnderWater(const Anatomy& anatomy,
                              const Effusion& effusion) {
  const Outline lung = LungOf(anatomy.landmarks, effusion.side);
  const double bottom = anatomy.costophrenic_y[effusion.side];
  const double outer = OuterX(anatomy, effusion.side, bottom);
  const double top = effusion.level - effusion.rise - effusion.wall_rise;
  std::vector<Point> points;
  for (int j = 0; j <= kGrid; ++j) {
    for (int i = 0; i <= kGrid; ++i) {
      const Point at{
          anatomy.midline_x + (outer - anatomy.midline_x) * i / kGrid,
          top + (bottom - top) * j / kGrid};
      if (at.y > SurfaceOf(effusion, at.x) && Inside(lung, at)) {
        points.push_back(at);
      }
    }
  }
  return points;
}

void AddEffusion(const Anatomy& anatomy, const FindingView& view, int side,
                 Pleura* pleura) {
  const double severity = view.Severity(Finding::kPleuralEffusion);
  RandomStream stream = view.StreamOf(Finding::kPleuralEffusion, side);
  const double level = anatomy.costophrenic_y[side] - 0.005 -
                       0.06 * std::min(1.0, 8.0 * severity) -
                       kWaterHeight * severity + stream.Normal(0.0, 0.006);
  const double reach = std::max(
      0.15, std::fabs(OuterX(anatomy, side, level) - anatomy.midline_x));
  const Effusion effusion{.side = side,
                          .midline_x = anatomy.midline_x,
                          .level = level,
                          .reach = reach,
                          .rise = 0.14 * severity,
                          .wall_rise = 0.08 * std::min(1.0, 4.0 * severity)};
  std::vector<Point> points = UnderWater(anatomy, effusion);
  if (!points.empty()) {
    pleura->places.push_back({Finding::kPleuralEffusion, std::move(points)});
  }
  pleura->effusions.push_back(effusion);
  if (view.ap()) {
    const double sign = SignOf(side);
    pleura->veils.push_back(
        {.center = {anatomy.midline_x + sign * 0.6 * reach, level - 0.04},
         .radius_x = 0.30,
         .radius_y = 0.34,
         .amplitude = 0.26 * severity});
  }
}

void AddPneumothorax(const Anatomy& anatomy, const FindingView& view, int side,
                     Pleura* pleura) {
  const double severity = view.Severity(Finding::kPneumothorax);
  const double gap = 0.018 + 0.085 * severity;
  const Outline lung = LungOf(anatomy.landmarks, side);
  const double base = anatomy.dome_y[side];
  // The wall from the apex' inner side to the costophrenic angle.
  std::vector<Point> wall(lung.end() - 3, lung.end());
  const Outline outer_wall = ChestWall(lung);
  wall.insert(wall.end(), outer_wall.begin(), outer_wall.end());
  Pneumothorax air{
      .outline = wall,
      .edge = {.width = 0.0032, .softness = 0.002, .amplitude = 0.10}};
  for (const Point& point : wall) {
    // Only a large one reaches the diaphragm.
    const double high =
        severity > 0.7 ? 1.0 : SmoothStep((base - 0.04 - point.y) / 0.20);
    const double apical = SmoothStep(1.0 - (point.y - lung[0].y) / 0.16);
    const double outer = SmoothStep((point.y - lung[0].y + 0.02) / 0.06);
    air.edge.points.push_back({point.x - SignOf(side) * gap * high * outer,
                               point.y + 0.9 * gap * apical});
  }
  air.outline.insert(air.outline.end(), air.edge.points.rbegin(),
                     air.edge.points.rend());
  Place place{Finding::kPneumothorax, {}};
  for (size_t i = 0; i < wall.size(); ++i) {
    const double x = wall[i].x - air.edge.points[i].x;
    const double y = wall[i].y - air.edge.points[i].y;
    if (x * x + y * y < 0.006 * 0.006) continue;
    place.points.push_back(wall[i]);
    place.points.push_back(air.edge.points[i]);
  }
  pleura->places.push_back(std::move(place));
  pleura->pneumothoraces.push_back(std::move(air));
}

void AddThickening(const Anatomy& anatomy, const FindingView& view, int side,
                   Pleura* pleura) {
  const Finding finding = Finding::kPleuralThickening;
  RandomStream stream = view.StreamOf(finding, side);
  const double width = 0.008 + 0.014 * view.Severity(finding);
  const double height = anatomy.costophrenic_y[side] - anatomy.apex_y;
  const double top = anatomy.apex_y + height * stream.Between(0.15, 0.50);
  const double bottom = std::min(anatomy.costophrenic_y[side] - 0.03,
                                 top + height * stream.Between(0.25, 0.45));
  Stroke rim{.width = width,
             .softness = 0.006,
             .amplitude = 0.22 * view.request().style.difficulty};
  for (int i = 0; i <= 12; ++i) {
    const double y = top + (bottom - top) * i / 12;
    // Thick in the middle.
    const double inward = 0.4 * width + (i == 0 || i == 12 ? -0.004 : 0.0);
    rim.points.push_back({OuterX(anatomy, side, y) - SignOf(side) * inward, y});
  }
  Place place{finding, {}};
  for (const Point& point : rim.points) {
    place.points.push_back({point.x - 0.5 * width, point.y});
    place.points.push_back({point.x + 0.5 * width, point.y});
  }
  pleura->places.push_back(std::move(place));
  pleura->thickenings.push_back(std::move(rim));
}

}  // namespace

double SurfaceOf(const Effusion& effusion, double x) {
  const double outward = SignOf(effusion.side) * (x - effusion.midline_x);
  const double share = std::clamp(outward / effusion.reach, 0.0, 1.1);
  const double square = share * share;
  const double steep = square * square * square;
  return effusion.level - effusion.rise * square -
         effusion.wall_rise * steep * square;
}

Pleura LayOutPleura(const Anatomy& anatomy, const FindingView& view) {
  Pleura pleura;
  for (const int side : {0, 1}) {
    if (view.Has(Finding::kPleuralEffusion, side)) {
      AddEffusion(anatomy, view, side, &pleura);
    }
    if (view.Has(Finding::kPneumothorax, side)) {
      AddPneumothorax(anatomy, view, side, &pleura);
    }
    if (view.Has(Finding::kPleuralThickening, side)) {
      AddThickening(anatomy, view, side, &pleura);
    }
  }
  return pleura;
}

}  // namespace cxr::synth
