// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_nodules.h"

#include <vector>

#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

struct Maker {
  const Anatomy& anatomy;
  const FindingView& view;
  LungFindings* findings;

  // In the finding's zone.
  Point Somewhere(Finding finding, int side, RandomStream* stream) const {
    const HeightRange lung{.top = anatomy.apex_y + 0.07,
                           .bottom = anatomy.dome_y[side] - 0.01};
    return PointInLung(anatomy, side, view.HeightsOf(finding, lung), stream);
  }
};

void AddRound(const Maker& maker, Finding finding, const Nodule& nodule) {
  maker.findings->nodules.push_back(nodule);
  maker.findings->places.push_back(
      {finding, Corners(nodule.center, nodule.radius, nodule.radius)});
}

void AddNodule(const Maker& maker, int side) {
  RandomStream stream = maker.view.StreamOf(Finding::kNodule, side);
  const double severity = maker.view.Severity(Finding::kNodule);
  const Point center = maker.Somewhere(Finding::kNodule, side, &stream);
  AddRound(maker, Finding::kNodule,
           {.center = center,
            .radius = stream.Between(0.009, 0.013) + 0.006 * severity,
            .amplitude = maker.view.Opacity(Finding::kNodule, 0.17),
            .fringe = 0.06});
}

void AddMass(const Maker& maker, int side) {
  RandomStream stream = maker.view.StreamOf(Finding::kMass, side);
  const double severity = maker.view.Severity(Finding::kMass);
  const Point center = maker.Somewhere(Finding::kMass, side, &stream);
  AddRound(maker, Finding::kMass,
           {.center = center,
            .radius = stream.Between(0.021, 0.026) + 0.024 * severity,
            .amplitude = maker.view.Opacity(Finding::kMass, 0.18),
            .fringe = 0.10});
}

void AddCavity(const Maker& maker, int side) {
  RandomStream stream = maker.view.StreamOf(Finding::kCavity, side);
  const double severity = maker.view.Severity(Finding::kCavity);
  const Point center = maker.Somewhere(Finding::kCavity, side, &stream);
  const double radius = stream.Between(0.022, 0.030);
  const double wall = stream.Between(0.25, 0.40);
  AddRound(maker, Finding::kCavity,
           {.center = center,
            .radius = radius + 0.018 * severity,
            .wall = wall,
            .amplitude = maker.view.Opacity(Finding::kCavity, 0.22),
            .fringe = 0.08});
}

void AddCyst(const Maker& maker, int side) {
  RandomStream stream = maker.view.StreamOf(Finding::kCyst, side);
  const double severity = maker.view.Severity(Finding::kCyst);
  const Point center = maker.Somewhere(Finding::kCyst, side, &stream);
  AddRound(maker, Finding::kCyst,
           {.center = center,
            .radius = stream.Between(0.018, 0.026) + 0.020 * severity,
            .wall = 0.12,
            .amplitude = maker.view.Opacity(Finding::kCyst, 0.16)});
}

void AddCalcification(const Maker& maker, int side) {
  RandomStream stream = maker.view.StreamOf(Finding::kCalcification, side);
  const Point center = maker.Somewhere(Finding::kCalcification, side, &stream);
  const double severity = maker.view.Severity(Finding::kCalcification);
  const int dots = 1 + stream.Below(3);
  std::vector<Point> points;
  for (int i = 0; i < dots; ++i) {
    const double x = stream.Normal(0.0, 0.010);
    const double y = stream.Normal(0.0, 0.010);
    const double radius = stream.Between(0.004, 0.006);
    const Nodule dot{
        .center = {center.x + x, center.y + y},
        .radius = radius + 0.004 * severity,
        .amplitude = maker.view.Opacity(Finding::kCalcification, 0.30)};
    maker.findings->dots.push_back(dot);
    for (const Point& corner : Corners(dot.center, dot.radius, dot.radius)) {
      points.push_back(corner);
    }
  }
  maker.findings->places.push_back({Finding::kCalcification, points});
}

// A cluster of patches in the upper lobe, one with a cavity.
void AddTuberculosis(const Maker& maker, int side) {
  RandomStream stream = maker.view.StreamOf(Finding::kTuberculosis, side);
  const double apex = maker.anatomy.apex_y;
  const Point center =
      PointInLung(maker.anatomy, side,
                  {.top = apex + 0.05, .bottom = apex + 0.20}, &stream);
  const int patches = 4 + stream.Below(4);
  std::vector<Point> points = Corners(center, 0.03, 0.03);
  for (int i = 0; i < patches; ++i) {
    const double x = stream.Normal(0.0, 0.028);
    const double y = stream.Normal(0.0, 0.028);
    const double radius_x = stream.Between(0.012, 0.035);
    const double radius_y = stream.Between(0.012, 0.030);
    const Opacity patch{
        .center = {center.x + x, center.y + y},
        .radius_x = radius_x,
        .radius_y = radius_y,
        .amplitude = maker.view.Opacity(Finding::kTuberculosis, 0.11),
        .grain = 0.8,
        .rough = 0.2};
    maker.findings->opacities.push_back(patch);
    for (const Point& corner :
         Corners(patch.center, 0.8 * patch.radius_x, 0.8 * patch.radius_y)) {
      points.push_back(corner);
    }
  }
  maker.findings->nodules.push_back(
      {.center = center,
       .radius = stream.Between(0.018, 0.028),
       .wall = 0.3,
       .amplitude = maker.view.Opacity(Finding::kTuberculosis, 0.16),
       .fringe = 0.08});
  maker.findings->places.push_back({Finding::kTuberculosis, points});
}

}  // namespace

void AddNodules(const Anatomy& anatomy, const FindingView& view,
                LungFindings* findings) {
  const Maker maker{anatomy, view, findings};
  for (const int side : {0, 1}) {
    if (view.Has(Finding::kNodule, side)) AddNodule(maker, side);
    if (view.Has(Finding::kMass, side)) AddMass(maker, side);
    if (view.Has(Finding::kCavity, side)) AddCavity(maker, side);
    if (view.Has(Finding::kCyst, side)) AddCyst(maker, side);
    if (view.Has(Finding::kCalcification, side)) AddCalcification(maker, side);
    if (view.Has(Finding::kTuberculosis, side)) AddTuberculosis(maker, side);
  }
}

}  // namespace cxr::synth
