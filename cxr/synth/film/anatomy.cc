// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/anatomy.h"

#include <algorithm>

#include "cxr/base/check.h"
#include "cxr/synth/film/heart_move.h"
#include "cxr/synth/film/outline.h"
#include "cxr/synth/film/shape_prior.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"

namespace cxr::synth {
namespace {

// What findings and views do, from the prototype; lengths are in units. The
// prior was measured on films of both views, so each has half of AP's effect.
constexpr double kApRatio = 0.03;
constexpr double kApInspiration = 0.035;
constexpr double kCardiomegalyRatio = 0.13;
constexpr double kEmphysemaRatio = 0.035;        // narrower
constexpr double kEmphysemaInspiration = 0.05;   // deeper
constexpr double kEmphysemaFlatness = 0.6;       // share of the dome's height
constexpr double kFibrosisInspiration = 0.025;   // less
constexpr double kAtelectasisElevation = 0.05;   // of the diaphragm
constexpr double kTuberculosisElevation = 0.02;  // likewise

// The prior holds most of how the thorax varies in size already.
constexpr double kSizeShare = 0.25;
// How much smaller an infant is than a grown-up; films of children are zoomed.
constexpr double kChildShrinking = 0.12;
constexpr int kGrownUpYears = 18;
// Deviations between a person's studies: small beside those between people.
constexpr double kPosture = 0.006;
constexpr double kBreath = 0.008;

// Where in the lung's height the hila are, the left one higher, and how far
// from its medial border.
constexpr std::array<double, 2> kHilumDepth = {0.45, 0.41};
constexpr double kHilumOut = 0.015;

// Where landmarks end: a little outside of the film.
constexpr double kLowest = -0.03;
constexpr double kHighest = 1.03;

// `move` of a point is where it goes.
template <typename Move>
Landmarks Moved(const Move& move, Landmarks landmarks) {
  for (Point& point : landmarks.right_lung) point = move(point);
  for (Point& point : landmarks.left_lung) point = move(point);
  for (Point& point : landmarks.heart) point = move(point);
  return landmarks;
}

// Size of the body, and how it stands before the film this time.
Landmarks Placed(const Patient& patient, RandomKey key, Landmarks landmarks) {
  const double child =
      std::max(0, kGrownUpYears - patient.age_years) / double{kGrownUpYears};
  const double scale = 1.0 - kChildShrinking * child;
  const double wide = scale * (1.0 + kSizeShare * (patient.thorax_width - 1.0));
  const double high =
      scale * (1.0 + kSizeShare * (patient.thorax_height - 1.0));
  RandomStream stream(key);
  const double dx = stream.Normal(0.0, kPosture);
  const double dy = stream.Normal(0.0, kPosture);
  return Moved(
      [=](const Point& point) {
        return Point{.x = 0.5 + wide * (point.x - 0.5) + dx,
                     .y = 0.5 + high * (point.y - 0.5) + dy};
      },
      landmarks);
}

// How far the diaphragm is below where it is on the average.
double InspirationOf(const Study& study, bool ap, RandomKey key) {
  return (ap ? -0.5 : 0.5) * kApInspiration +
         RandomStream(key).Normal(0.0, kBreath) +
         kEmphysemaInspiration * study.severity[Finding::kEmphysema] -
         kFibrosisInspiration * study.severity[Finding::kFibrosis];
}

// Lungs and heart stretched so that the diaphragm sinks by `inspiration`.
Landmarks Breathed(double inspiration, Landmarks landmarks) {
  const Extent rows = LungExtent(landmarks, &Point::y);
  return Moved(
      [=](const Point& point) {
        const double depth = (point.y - rows.low) / rows.size();
        return Point{.x = point.x, .y = point.y + depth * inspiration};
      },
      landmarks);
}

double DomeOf(Outline lung) { return ExtentOf(Diaphragm(lung), &Point::y).low; }

// Raises or flattens half of the diaphragm. A height goes to another one, and
// what was lower stays lower, so that the outline does not cross itself.
void MoveDiaphragm(const Study& study, int side, Landmarks* landmarks) {
  const Outline lung = LungOf(*landmarks, side);
  const Extent rows = ExtentOf(lung, &Point::y);
  const double dome = DomeOf(lung);
  const double middle = 0.5 * (rows.low + dome);
  const double elevation =
      kAtelectasisElevation * SeverityOn(study, Finding::kAtelectasis, side) +
      kTuberculosisElevation * SeverityOn(study, Finding::kTuberculosis, side);
  const double flatness =
      kEmphysemaFlatness * study.severity[Finding::kEmphysema];
  for (Point& point : MutableLungOf(side, landmarks)) {
    const double down = flatness * (rows.high - point.y) - elevation;
    point.y += SmoothStep(point.y, middle, dome) * down;
  }
}

// Which size and place bring an extent into the film if it is not in it.
struct Fit {
  double scale = 1.0;
  double from = 0.0;
  double to = 0.0;

  double Apply(double value) const { return to + scale * (value - from); }
};

Fit FitOf(const Extent& extent) {
  Fit fit{.scale = std::min(1.0, (kHighest - kLowest) / extent.size()),
          .from = extent.middle()};
  const double half = 0.5 * fit.scale * extent.size();
  fit.to = std::min(std::max(fit.from, kLowest + half), kHighest - half);
  return fit;
}

// As the radiographer moves the tube.
Landmarks Centered(const Landmarks& landmarks) {
  const Fit x = FitOf(LungExtent(landmarks, &Point::x));
  const Fit y = FitOf(Union(LungExtent(landmarks, &Point::y),
                            ExtentOf(landmarks.heart, &Point::y)));
  return Moved(
      [&](const Point& point) {
        return Point{.x = x.Apply(point.x), .y = y.Apply(point.y)};
      },
      landmarks);
}

double RatioOf(const Patient& patient, const Study& study, bool ap) {
  return patient.cardiothoracic_ratio + (ap ? kApRatio : 0.0) +
         kCardiomegalyRatio * study.severity[Finding::kCardiomegaly] -
         kEmphysemaRatio * study.severity[Finding::kEmphysema];
}

// Between the lungs, halfway between apex and heart.
Extent UpperMediastinum(const Landmarks& landmarks) {
  const double y = 0.5 * (LungExtent(landmarks, &Point::y).low +
                          ExtentOf(landmarks.heart, &Point::y).low);
  return {.low = EdgeAt(landmarks.right_lung, y, 1),
          .high = EdgeAt(landmarks.left_lung, y, -1)};
}

Point HilumOf(Outline lung, int side) {
  const double apex = ExtentOf(lung, &Point::y).low;
  const double y = apex + kHilumDepth[side] * (DomeOf(lung) - apex);
  const int outwards = SignOf(side);
  return {.x = EdgeAt(MedialBorder(lung), y, -outwards) + outwards * kHilumOut,
          .y = y};
}

}  // namespace

double SeverityOn(const Study& study, Finding finding, int side) {
  const int where = study.side[finding];
  return where == 0 || where == SignOf(side) ? study.severity[finding] : 0.0;
}

Anatomy MakeAnatomy(const Patient& patient, const Study& study, View view) {
  CXR_CHECK(view != View::kLateral);
  const bool ap = view == View::kAp || view == View::kApSupine;
  const RandomKey key = study.key.Child("anatomy");
  Landmarks landmarks =
      Breathed(InspirationOf(study, ap, key.Child("inspiration")),
               Placed(patient, key.Child("posture"),
                      LandmarksOf(ShapeOf(patient.shape))));
  for (int side = 0; side < 2; ++side) {
    MoveDiaphragm(study, side, &landmarks);
  }
  landmarks = Centered(landmarks);
  // The spine does not go where the mediastinum is pushed.
  Anatomy anatomy{.midline_x = UpperMediastinum(landmarks).middle()};
  landmarks = WithHeart(
      PlanHeart(study, RatioOf(patient, study, ap), landmarks), landmarks);
  anatomy.landmarks = landmarks;
  anatomy.apex_y = LungExtent(landmarks, &Point::y).low;
  anatomy.half_width = 0.5 * LungExtent(landmarks, &Point::x).size();
  anatomy.mediastinum_half_width = 0.5 * UpperMediastinum(landmarks).size();
  anatomy.cardiothoracic_ratio = CardiothoracicRatio(landmarks);
  for (int side = 0; side < 2; ++side) {
    const Outline lung = LungOf(landmarks, side);
    anatomy.dome_y[side] = DomeOf(lung);
    anatomy.costophrenic_y[side] = ExtentOf(lung, &Point::y).high;
    anatomy.hilum[side] = HilumOf(lung, side);
  }
  return anatomy;
}

}  // namespace cxr::synth
