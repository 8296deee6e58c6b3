// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_mediastinum.h"

#include <algorithm>
#include <vector>

#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

struct Maker {
  const Anatomy& anatomy;
  const FindingView& view;
  Mediastinum* mediastinum;

  Point At(double x, double y) const {
    return {anatomy.midline_x + x, anatomy.apex_y + y};
  }
};

void AddBand(const Maker& maker) {
  const Anatomy& anatomy = maker.anatomy;
  const double half = anatomy.mediastinum_half_width;
  const double base = std::max(anatomy.dome_y[0], anatomy.dome_y[1]);
  const double x = anatomy.midline_x;
  maker.mediastinum->band = {
      .outline = ClosedSpline({{{x - 0.8 * half, -0.10},
                                {x - half, anatomy.apex_y + 0.16},
                                {x - 0.068, base - 0.18},
                                {x - 0.060, 1.60},
                                {x + 0.060, 1.60},
                                {x + 0.072, base - 0.18},
                                {x + half, anatomy.apex_y + 0.16},
                                {x + 0.8 * half, -0.10}}},
                              8),
      .amplitude = 0.17};
}

void AddAirways(const Maker& maker) {
  RandomStream stream(maker.view.request().patient.key.Child("airways"));
  const double lean = 0.004 + stream.Normal(0.0, 0.004);
  const double fork = 0.185 + stream.Normal(0.0, 0.008);
  const auto tube = [&](std::vector<Point> points, double width,
                        double amplitude) {
    maker.mediastinum->airways.push_back({.points = OpenSpline(points, 8),
                                          .width = width,
                                          .softness = 0.008,
                                          .amplitude = amplitude});
  };
  tube({maker.At(0.0, -0.30), maker.At(0.002, -0.05), maker.At(-lean, 0.10),
        maker.At(-lean, fork)},
       0.030, -0.16);
  // The right main bronchus is steeper.
  tube({maker.At(-lean - 0.004, fork), maker.At(-0.030, fork + 0.040),
        maker.At(-0.055, fork + 0.085)},
       0.021, -0.09);
  tube({maker.At(-lean + 0.004, fork), maker.At(0.035, fork + 0.033),
        maker.At(0.075, fork + 0.052)},
       0.018, -0.09);
}

// The knob grows from 50 years on, and with disease.
void AddAorta(const Maker& maker) {
  const FilmRequest& request = maker.view.request();
  const double age =
      std::clamp((request.patient.age_years - 50) / 40.0, 0.0, 1.0);
  const double enlarged = maker.view.Severity(Finding::kAorticEnlargement);
  const double radius = 0.026 + 0.010 * age + 0.020 * enlarged;
  const double half = maker.anatomy.mediastinum_half_width;
  const Point knob = maker.At(half - 0.004, 0.135);
  maker.mediastinum->bulges.push_back({.center = knob,
                                       .radius_x = 1.25 * radius,
                                       .radius_y = 1.5 * radius,
                                       .amplitude = 0.24});
  maker.mediastinum->vessels.push_back(
      {.points = OpenSpline({{{knob.x, knob.y},
                              maker.At(0.042 + 0.4 * enlarged * 0.03, 0.28),
                              maker.At(0.030, 0.45),
                              maker.At(0.020, 0.64)}},
                            8),
       .width = 0.040 + 0.012 * age + 0.012 * enlarged,
       .softness = 0.010,
       .amplitude = 0.065});
  // The ascending part is what shows on the right of a wide one.
  maker.mediastinum->vessels.push_back(
      {.points = OpenSpline({{maker.At(-0.020, 0.13), maker.At(-0.034, 0.22),
                              maker.At(-0.022, 0.32)}},
                            8),
       .width = 0.040 + 0.030 * enlarged,
       .softness = 0.012,
       .amplitude = 0.05 + 0.05 * enlarged});
  if (maker.view.Has(Finding::kAorticEnlargement)) {
    maker.mediastinum->places.push_back(
        {Finding::kAorticEnlargement,
         Corners(knob, 1.1 * radius, 1.3 * radius)});
  }
}

void AddPulmonaryArtery(const Maker& maker) {
  const Finding finding = Finding::kEnlargedPulmonaryArtery;
  const double severity = maker.view.Severity(finding);
  const double radius = 0.022 + 0.030 * severity;
  const Point trunk{
      maker.anatomy.midline_x + maker.anatomy.mediastinum_half_width + 0.010,
      maker.anatomy.apex_y + 0.225};
  maker.mediastinum->bulges.push_back({.center = trunk,
                                       .radius_x = 1.2 * radius,
                                       .radius_y = 1.5 * radius,
                                       .amplitude = 0.12 + 0.14 * severity});
  if (!maker.view.Has(finding)) return;
  const Point right = maker.anatomy.hilum[0];
  maker.mediastinum->bulges.push_back({.center = right,
                                       .radius_x = 0.030,
                                       .radius_y = 0.045,
                                       .amplitude = 0.14 * severity});
  maker.mediastinum->places.push_back(
      {finding, Corners(trunk, 1.1 * radius, 1.3 * radius)});
}

// The stomach's upper part behind the heart: a round shell, gas over fluid.
void AddHernia(const Maker& maker) {
  const Finding finding = Finding::kHernia;
  RandomStream stream = maker.view.StreamOf(finding);
  const double radius = 0.040 + 0.030 * maker.view.Severity(finding);
  const Nodule hernia{
      .center = {maker.anatomy.midline_x + stream.Normal(0.025, 0.012),
                 maker.anatomy.dome_y[1] - 0.025},
      .radius = radius,
      .wall = 0.14,
      .amplitude = 0.13 * maker.view.request().style.difficulty};
  maker.mediastinum->hernias.push_back(hernia);
  maker.mediastinum->places.push_back(
      {finding, Corners(hernia.center, radius, radius)});
}

void AddPlaces(const Maker& maker) {
  const Anatomy& anatomy = maker.anatomy;
  if (maker.view.Has(Finding::kCardiomegaly)) {
    const auto& heart = anatomy.landmarks.heart;
    maker.mediastinum->places.push_back(
        {Finding::kCardiomegaly, {heart.begin(), heart.end()}});
  }
  if (maker.view.Has(Finding::kEnlargedCardiomediastinum)) {
    maker.mediastinum->places.push_back(
        {Finding::kEnlargedCardiomediastinum,
         Corners(maker.At(0.0, 0.15), anatomy.mediastinum_half_width + 0.01,
                 0.13)});
  }
}

}  // namespace

Mediastinum LayOutMediastinum(const Anatomy& anatomy, const FindingView& view) {
  // The prototype has 0.30 for all; a wide heart is a thick one.
  Mediastinum mediastinum{
      .heart =
          0.23 + 0.16 * view.request().study.severity[Finding::kCardiomegaly]};
  const Maker maker{anatomy, view, &mediastinum};
  AddBand(maker);
  AddAirways(maker);
  AddAorta(maker);
  AddPulmonaryArtery(maker);
  if (view.Has(Finding::kHernia)) AddHernia(maker);
  AddPlaces(maker);
  return mediastinum;
}

}  // namespace cxr::synth
