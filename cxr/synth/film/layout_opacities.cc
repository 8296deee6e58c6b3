// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_opacities.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/layout_diffuse.h"
#include "cxr/synth/film/layout_nodules.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/fill.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

// Amplitude, smallest and largest radius of each kind. The prototype had 0.13,
// 0.13, 0.24 and 0.19 on lungs of one shape; real shapes hide more, so these
// are raised until 32 x 32 pixels tell as much as there (AUROC 0.65 of
// consolidation).
struct Kind {
  Finding finding;
  double amplitude;
  double smallest;
  double largest;
  double grain;
};
constexpr Kind kKinds[] = {
    {Finding::kLungOpacity, 0.17, 0.05, 0.11, 0.9},
    {Finding::kInfiltration, 0.17, 0.05, 0.11, 1.1},
    {Finding::kConsolidation, 0.42, 0.10, 0.16, 0.4},
    {Finding::kPneumonia, 0.23, 0.06, 0.12, 0.9},
};

constexpr int kGrid = 36;

// The points of a grid where an opacity is above half of its peak, within the
// lung.
std::vector<Point> AboveHalf(const Anatomy& anatomy, int side,
                             const Opacity& opacity) {
  std::vector<Point> points;
  for (int j = 0; j <= kGrid; ++j) {
    for (int i = 0; i <= kGrid; ++i) {
      const Point at{
          opacity.center.x + opacity.radius_x * (2.8 * i / kGrid - 1.4),
          opacity.center.y + opacity.radius_y * (2.8 * j / kGrid - 1.4)};
      if (ShareOf(opacity, at, /*fray=*/0.0) >= 0.5 &&
          Inside(LungOf(anatomy.landmarks, side), at)) {
        points.push_back(at);
      }
    }
  }
  return points;
}

// The farther along, the fainter: of three strokes only one reaches the end.
void AddTapered(const std::vector<Point>& knots, double width, double amplitude,
                LungFindings* findings) {
  const std::vector<Point> line = OpenSpline(knots, 8);
  for (const double share : {0.45, 0.75, 1.0}) {
    const auto points = static_cast<size_t>(share * line.size());
    findings->bronchi.push_back(
        {.points = {line.begin(), line.begin() + points},
         .width = width,
         .softness = 0.9 * width,
         .amplitude = amplitude / 3.0});
  }
}

// Air in the bronchi: from the side of the hilum two or three bent branches
// into the opacity, most of which fork.
void AddBronchi(Point hilum, const Opacity& opacity, RandomStream* stream,
                LungFindings* findings) {
  const Point center = opacity.center;
  const double length =
      std::max(0.02, std::sqrt((center.x - hilum.x) * (center.x - hilum.x) +
                               (center.y - hilum.y) * (center.y - hilum.y)));
  const double x = (center.x - hilum.x) / length;
  const double y = (center.y - hilum.y) / length;
  const double reach = 0.8 * std::min(opacity.radius_x, opacity.radius_y);
  const auto at = [&](double along, double across) {
    return Point{center.x + reach * (along * x - across * y),
                 center.y + reach * (along * y + across * x)};
  };
  const double amplitude = -0.15 * opacity.amplitude;
  const int branches = 2 + stream->Below(2);
  for (int i = 0; i < branches; ++i) {
    const double root = stream->Normal(0.0, 0.15);
    const double turn = stream->Between(-0.75, 0.75);
    const double bend = stream->Normal(0.5 * turn, 0.08);
    const double end = stream->Between(0.5, 0.9);
    const double width = stream->Between(0.0030, 0.0045);
    const Point fork = at(0.0, bend);
    AddTapered({at(-0.9, root), at(-0.45, 0.4 * bend + 0.6 * root), fork,
                at(end, turn)},
               width, amplitude, findings);
    const int side = stream->Sign();
    const double away = side * stream->Between(0.35, 0.6);
    if (stream->Chance(0.7)) {
      AddTapered({fork, at(0.3, bend + 0.4 * away), at(0.5, bend + away)},
                 0.7 * width, 0.8 * amplitude, findings);
    }
  }
}

void AddCloud(const Anatomy& anatomy, const FindingView& view, const Kind& kind,
              int side, RandomStream* stream, LungFindings* findings) {
  const HeightRange lung{.top = anatomy.apex_y + 0.13,
                         .bottom = anatomy.dome_y[side] - 0.01};
  const HeightRange heights = view.HeightsOf(kind.finding, lung);
  const Point center = PointInLung(anatomy, side, heights, stream);
  const double radius_x = stream->Between(kind.smallest, kind.largest);
  const double radius_y = stream->Between(kind.smallest, kind.largest);
  Opacity opacity{.center = center,
                  .radius_x = radius_x,
                  .radius_y = radius_y,
                  .amplitude = view.Opacity(kind.finding, kind.amplitude),
                  .grain = kind.grain,
                  .rough = 0.14};
  for (Point& wave : opacity.waves) {
    wave.x = stream->Normal(0.0, 0.07);
    wave.y = stream->Normal(0.0, 0.07);
  }
  std::vector<Point> points = AboveHalf(anatomy, side, opacity);
  if (!points.empty()) {
    findings->places.push_back({kind.finding, std::move(points)});
  }
  if (kind.finding == Finding::kConsolidation) {
    AddBronchi(anatomy.hilum[side], opacity, stream, findings);
  }
  findings->opacities.push_back(opacity);
}

}  // namespace

LungFindings LayOutOpacities(const Anatomy& anatomy, const FindingView& view) {
  LungFindings findings;
  findings.net_key = view.request().patient.key.Child("net");
  for (const Kind& kind : kKinds) {
    if (!view.Has(kind.finding)) continue;
    for (const int side : view.Sides(kind.finding)) {
      RandomStream stream = view.StreamOf(kind.finding, side);
      const int clouds = stream.Chance(0.4) ? 2 : 1;
      for (int i = 0; i < clouds; ++i) {
        AddCloud(anatomy, view, kind, side, &stream, &findings);
      }
    }
  }
  AddNodules(anatomy, view, &findings);
  AddDiffuse(anatomy, view, &findings);
  return findings;
}

}  // namespace cxr::synth
