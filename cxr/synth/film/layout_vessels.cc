// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_vessels.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/exact_math.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

constexpr int kDepth = 6;
constexpr int kPieces = 5;
constexpr double kThinnest = 0.0012;
constexpr double kRootWidth = 0.0090;
// Directions of the roots, radians below the horizontal on the left side: more
// and thicker vessels go to the lower lobe.
constexpr double kRoots[] = {-1.25, -0.75, -0.2, 0.35, 0.8, 1.15, 1.4};
constexpr double kRootScale[] = {0.8, 0.85, 0.8, 1.0, 1.15, 1.25, 1.0};

struct Branch {
  Point from = {};
  double angle = 0.0;
  double width = 0.0;
  int depth = kDepth;
};

void Grow(const Branch& branch, RandomStream* stream,
          std::vector<Stroke>* vessels) {
  if (branch.depth == 0 || branch.width < kThinnest) return;
  double length = stream->Between(0.045, 0.080);
  for (int i = branch.depth; i < kDepth; ++i) length *= 0.86;
  Stroke stroke{.points = {branch.from},
                .width = branch.width,
                .softness = 0.0022,
                .amplitude = std::min(1.0, 0.25 + branch.width / 0.008)};
  double angle = branch.angle;
  for (int i = 0; i < kPieces; ++i) {
    angle += stream->Normal(0.0, 0.13);
    const Point& last = stroke.points.back();
    stroke.points.push_back({last.x + length / kPieces * Cos(angle),
                             last.y + length / kPieces * Sin(angle)});
  }
  const Point end = stroke.points.back();
  vessels->push_back(std::move(stroke));
  for (const int side : {-1, 1}) {
    const double turn = side * stream->Between(0.25, 0.60);
    const double narrower = stream->Between(0.62, 0.80);
    Grow({.from = end,
          .angle = angle + turn,
          .width = branch.width * narrower,
          .depth = branch.depth - 1},
         stream, vessels);
  }
}

// The main artery and veins of a hilum, blurred by the heart's beat.
void AddHilum(const Anatomy& anatomy, int side, double width,
              std::vector<Stroke>* vessels) {
  const double sign = SignOf(side);
  const Point hilum = anatomy.hilum[side];
  const auto at = [&](double x, double y) {
    return Point{hilum.x + sign * x, hilum.y + y};
  };
  const auto line = [&](std::vector<Point> points, double w, double softness,
                        double amplitude) {
    vessels->push_back({.points = OpenSpline(points, 6),
                        .width = w * width,
                        .softness = softness,
                        .amplitude = amplitude});
  };
  line({at(-0.015, -0.030), at(-0.002, -0.005), at(0.004, 0.035)}, 0.028, 0.014,
       0.65);
  line({at(-0.002, 0.0), at(0.010, 0.045), at(0.018, 0.095)}, 0.017, 0.008,
       0.75);
  line({at(-0.015, -0.02), at(0.012, -0.055), at(0.030, -0.085)}, 0.012, 0.006,
       0.6);
  line({at(-0.03, 0.055), at(0.01, 0.045), at(0.05, 0.055)}, 0.011, 0.007, 0.5);
}

}  // namespace

std::vector<Stroke> LayOutVessels(const Anatomy& anatomy,
                                  const FindingView& view) {
  std::vector<Stroke> vessels;
  const RandomKey key = view.request().patient.key.Child("vessels");
  const double edema = view.Severity(Finding::kEdema);
  for (const int side : {0, 1}) {
    RandomStream stream(key.Child("tree", side));
    AddHilum(anatomy, side, stream.Normal(1.0, 0.10) * (1.0 + 0.2 * edema),
             &vessels);
    for (size_t i = 0; i < std::size(kRoots); ++i) {
      const double angle = kRoots[i] + stream.Normal(0.0, 0.10);
      Grow({.from = {anatomy.hilum[side].x,
                     anatomy.hilum[side].y + 0.025 * kRoots[i]},
            .angle = side == 1 ? angle : 3.14159265358979323846 - angle,
            .width = kRootWidth * kRootScale[i] * stream.Between(0.8, 1.2)},
           &stream, &vessels);
    }
  }
  for (Stroke& vessel : vessels) {
    vessel.width *= 1.0 + 0.35 * edema;
    vessel.softness *= 1.0 + 3.0 * edema;
  }
  return vessels;
}

}  // namespace cxr::synth
