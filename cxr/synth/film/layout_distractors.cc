// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_distractors.h"

#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

// Shares of films; low, so that they do not drown what is to be found.
constexpr double kNipples = 0.10;
constexpr double kGranuloma = 0.06;
constexpr double kCompanion = 0.35;
constexpr double kFold = 0.15;  // of AP films
constexpr double kScar = 0.06;

void AddNipples(const Anatomy& anatomy, RandomStream* stream,
                Distractors* distractors) {
  const double x = stream->Between(0.17, 0.24);
  const double y = stream->Between(0.02, 0.09);
  for (const int side : {0, 1}) {
    distractors->rounds.push_back(
        {.center = {anatomy.midline_x + SignOf(side) * x,
                    anatomy.dome_y[side] - y + stream->Normal(0.0, 0.006)},
         .radius = stream->Between(0.007, 0.010),
         .amplitude = 0.10});
  }
}

// The soft tissue above a clavicle.
void AddCompanion(const Anatomy& anatomy, int side, bool ap,
                  Distractors* distractors) {
  const double up = ap ? -0.03 : 0.0;
  const auto at = [&](double x, double y) {
    return Point{anatomy.midline_x + SignOf(side) * x, anatomy.apex_y + y + up};
  };
  distractors->strokes.push_back(
      {.points = OpenSpline(
           {{at(0.13, 0.030), at(0.23, -0.030), at(0.33, -0.055)}}, 8),
       .width = 0.012,
       .softness = 0.006,
       .amplitude = 0.03});
}

// A wide, one-sided shade down a side.
void AddFold(const Anatomy& anatomy, RandomStream* stream,
             Distractors* distractors) {
  const double sign = stream->Sign();
  const double x = stream->Between(0.20, 0.33);
  const double top = anatomy.apex_y + stream->Between(0.05, 0.25);
  const double drift = stream->Between(-0.06, 0.06);
  for (int i = 0; i < 4; ++i) {
    const double width = 0.010 * (4 - i);
    const double shift = 0.5 * width;
    const auto at = [&](double along) {
      return Point{anatomy.midline_x + sign * (x + along * drift + shift),
                   top + 0.45 * along};
    };
    distractors->strokes.push_back({.points = {at(0.0), at(0.5), at(1.0)},
                                    .width = width,
                                    .softness = 0.004,
                                    .amplitude = 0.012});
  }
}

}  // namespace

Distractors LayOutDistractors(const Anatomy& anatomy, const FindingView& view) {
  Distractors distractors;
  RandomStream person(view.request().patient.key.Child("distractors"));
  RandomStream occasion(view.request().study.key.Child("distractors"));
  if (person.Chance(kNipples)) AddNipples(anatomy, &person, &distractors);
  if (person.Chance(kGranuloma)) {
    const int side = person.Below(2);
    distractors.rounds.push_back(
        {.center = PointInLung(
             anatomy, side,
             {.top = anatomy.apex_y + 0.05, .bottom = anatomy.dome_y[side]},
             &person),
         .radius = person.Between(0.004, 0.006),
         .amplitude = 0.25});
  }
  if (person.Chance(kScar)) {
    const int side = person.Below(2);
    const Point at = PointInLung(
        anatomy, side,
        {.top = anatomy.apex_y + 0.30, .bottom = anatomy.dome_y[side]},
        &person);
    distractors.strokes.push_back(
        {.points = {at,
                    {at.x + person.Normal(0.0, 0.03),
                     at.y + person.Normal(0.0, 0.02)}},
         .width = 0.004,
         .softness = 0.003,
         .amplitude = 0.06});
  }
  if (person.Chance(kCompanion)) {
    for (const int side : {0, 1}) {
      AddCompanion(anatomy, side, view.ap(), &distractors);
    }
  }
  if (view.ap() && occasion.Chance(kFold)) {
    AddFold(anatomy, &occasion, &distractors);
  }
  return distractors;
}

}  // namespace cxr::synth
