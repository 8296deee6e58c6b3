// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_bones.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/exact_math.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kRibs = 11;
constexpr int kRibSteps = 28;
// Ribs whose front end shows beside the breastbone.
constexpr int kFrontRibs = 8;
// Attenuation. The prototype's are 0.125 for a rib with a core of 0.04 less,
// 0.055 for its front end, 0.14 for a clavicle; the others are set by eye
// beside real films.
constexpr double kRib = 0.125;
constexpr double kRibCore = -0.022;
constexpr double kRibFront = 0.09;
constexpr double kClavicle = 0.16;

struct Maker {
  const Anatomy& anatomy;
  const FindingView& view;
  Bones* bones;

  double X(int side, double distance) const {
    return anatomy.midline_x + SignOf(side) * distance;
  }
};

// A bone with a dense shell: a line and a thinner, darker one in it.
void AddBone(const Stroke& shell, double core_amplitude, Bones* bones) {
  bones->strokes.push_back(shell);
  Stroke core = shell;
  core.width *= 0.5;
  core.softness *= 1.5;
  core.amplitude = core_amplitude;
  bones->strokes.push_back(core);
}

// Cuts a bone at a point: what follows is shifted, with a gap. Returns the
// rest.
Stroke BreakAt(int cut, Point shift, Stroke* bone) {
  Stroke rest = *bone;
  rest.points.assign(bone->points.begin() + cut + 1, bone->points.end());
  for (Point& point : rest.points) {
    point.x += shift.x;
    point.y += shift.y;
  }
  bone->points.resize(cut);
  return rest;
}

void AddBroken(Finding finding, int cut, double step, Stroke shell,
               double core_amplitude, const Maker& maker) {
  const Point at = shell.points[cut];
  const Stroke rest = BreakAt(cut, {0.0, step}, &shell);
  AddBone(shell, core_amplitude, maker.bones);
  AddBone(rest, core_amplitude, maker.bones);
  maker.bones->places.push_back({finding, Corners(at, 0.035, 0.03)});
}

// From the spine outwards, first a little upwards, then down to the chest wall.
std::vector<Point> BackOfRib(const Maker& maker, int side, int rib,
                             double jitter) {
  const Anatomy& anatomy = maker.anatomy;
  const double height = anatomy.costophrenic_y[side] - anatomy.apex_y;
  const double tilt = maker.view.request().patient.rib_tilt - 0.20;
  const double top = anatomy.apex_y - 0.04 + 0.098 * height * rib + jitter;
  const double drop =
      0.030 + 0.0135 * rib + 0.5 * tilt - (maker.view.ap() ? 0.012 : 0.0);
  const double arch = rib < 2 ? 0.016 : 0.034 - 0.0015 * rib;
  const double from = maker.X(side, 0.040);
  const double to = OuterX(anatomy, side, top + drop) + SignOf(side) * 0.008;
  std::vector<Point> path;
  for (int i = 0; i <= kRibSteps; ++i) {
    const double t = 1.0 * i / kRibSteps;
    const double quarter = Sin(0.5 * kPi * t);
    path.push_back({from + (to - from) * quarter,
                    top + drop * t * t - arch * Sin(kPi * t)});
  }
  return path;
}

// From the chest wall down and back towards the breastbone.
std::vector<Point> FrontOfRib(const Maker& maker, int side, int rib,
                              Point wall) {
  const double sign = SignOf(side);
  const double end = maker.X(side, 0.095 + 0.011 * rib);
  const double span = sign * (wall.x - end);
  if (span <= 0.02) return {};
  const double fall = 0.055 + 0.16 * span + 0.004 * rib;
  std::vector<Point> path =
      OpenSpline({{{wall.x, wall.y + 0.012},
                   {wall.x - sign * 0.10 * span, wall.y + 0.42 * fall},
                   {wall.x - sign * 0.42 * span, wall.y + 0.80 * fall},
                   {end, wall.y + fall}}},
                 8);
  // Cartilage below the dome does not show.
  const double dome = maker.anatomy.dome_y[side] + 0.01;
  while (!path.empty() && path.back().y > dome) path.pop_back();
  return path;
}

// The first rib is a narrow loop around the apex, down to the breastbone.
void AddFirstRib(const Maker& maker, int side) {
  const double top = maker.anatomy.apex_y - (maker.view.ap() ? 0.012 : 0.0);
  const auto at = [&](double x, double y) {
    return Point{maker.X(side, x), top + y};
  };
  AddBone({.points = OpenSpline(
               {{at(0.045, -0.018), at(0.095, -0.022), at(0.140, 0.020),
                 at(0.135, 0.068), at(0.095, 0.105), at(0.052, 0.128)}},
               8),
           .width = 0.021,
           .softness = 0.006,
           .amplitude = 0.075},
          -0.015, maker.bones);
}

void AddRibs(const Maker& maker, int side) {
  RandomStream jitter(
      maker.view.request().patient.key.Child("bones").Child("ribs", side));
  RandomStream fracture = maker.view.StreamOf(Finding::kRibFracture, side);
  const bool broken = maker.view.Has(Finding::kRibFracture, side);
  const int broken_rib = broken ? 3 + fracture.Below(5) : -1;
  AddFirstRib(maker, side);
  for (int rib = 1; rib < kRibs; ++rib) {
    const std::vector<Point> back =
        BackOfRib(maker, side, rib, jitter.Normal(0.0, 0.003));
    const double width = (0.0195 + 0.0006 * rib) * jitter.Normal(1.0, 0.06);
    // Below the domes ribs are lost in the abdomen.
    const double shade = rib < 8 ? 1.0 : 0.45;
    const Stroke shell{.points = back,
                       .width = width,
                       .softness = 0.004,
                       .amplitude = shade * kRib};
    if (rib == broken_rib) {
      const int cut = 12 + fracture.Below(12);
      const double step =
          0.008 + 0.014 * maker.view.Severity(Finding::kRibFracture);
      AddBroken(Finding::kRibFracture, cut, step, shell, kRibCore, maker);
    } else {
      AddBone(shell, shade * kRibCore, maker.bones);
    }
    if (rib >= kFrontRibs) continue;
    const Stroke front{.points = FrontOfRib(maker, side, rib, back.back()),
                       .width = 1.1 * width,
                       .softness = 0.006,
                       .amplitude = shade * kRibFront};
    AddBone(front, -0.2 * kRibFront, maker.bones);
  }
}

// Along the chest wall ribs and the muscles between are seen edge on.
void AddChestWall(const Maker& maker, int side) {
  const Anatomy& anatomy = maker.anatomy;
  const double top = anatomy.apex_y + 0.05;
  const double bottom = anatomy.costophrenic_y[side] - 0.02;
  Stroke wall{.width = 0.026, .softness = 0.020, .amplitude = 0.04};
  for (int i = 0; i <= 16; ++i) {
    const double y = top + (bottom - top) * i / 16;
    wall.points.push_back({OuterX(anatomy, side, y) + SignOf(side) * 0.009, y});
  }
  maker.bones->strokes.push_back(wall);
}

void AddClavicle(const Maker& maker, int side) {
  RandomStream stream(
      maker.view.request().patient.key.Child("bones").Child("clavicle", side));
  const double top = maker.anatomy.apex_y;
  // Lying or sitting back turns the clavicles up and flat.
  const double inner = maker.view.ap() ? 0.030 : 0.075;
  const double outer = maker.view.ap() ? -0.050 : -0.030;
  const double bend = stream.Normal(0.0, 0.006);
  const double lift = stream.Normal(0.0, 0.008);
  Stroke shell{.points = OpenSpline(
                   {{{maker.X(side, 0.034), top + inner},
                     {maker.X(side, 0.125), top + 0.72 * inner + 0.004 + bend},
                     {maker.X(side, 0.23), top + 0.45 * outer + lift},
                     {maker.X(side, 0.34), top + outer + lift}}},
                   10),
               .width = 0.024,
               .softness = 0.004,
               .amplitude = kClavicle};
  if (maker.view.Has(Finding::kClavicleFracture, side)) {
    RandomStream fracture =
        maker.view.StreamOf(Finding::kClavicleFracture, side);
    const double step =
        0.010 + 0.016 * maker.view.Severity(Finding::kClavicleFracture);
    AddBroken(Finding::kClavicleFracture, 12 + fracture.Below(8), step, shell,
              -0.28 * kClavicle, maker);
  } else {
    AddBone(shell, -0.28 * kClavicle, maker.bones);
  }
}

void AddScapula(const Maker& maker, int side) {
  RandomStream stream(
      maker.view.request().patient.key.Child("bones").Child("scapula", side));
  const double turn = stream.Normal(0.0, 0.008);
  const double top = maker.anatomy.apex_y;
  // With the arms turned forward (PA) the scapulae leave the lungs.
  const double inward = (maker.view.ap() ? 0.075 : 0.005) + turn;
  const auto at = [&](double x, double y) {
    return Point{maker.X(side, x - inward), top + y};
  };
  maker.bones->areas.push_back(
      {.outline =
           ClosedSpline({{at(0.335, 0.045), at(0.405, 0.050), at(0.425, 0.10),
                          at(0.405, 0.20), at(0.382, 0.33), at(0.350, 0.31),
                          at(0.332, 0.18)}},
                        8),
       .amplitude = maker.view.ap() ? 0.09 : 0.07});
  const auto line = [&](std::vector<Point> points, double width,
                        double amplitude) {
    maker.bones->strokes.push_back({.points = OpenSpline(points, 8),
                                    .width = width,
                                    .softness = 0.005,
                                    .amplitude = amplitude});
  };
  // Outer border, spine of the scapula with the acromion, coracoid.
  line({at(0.422, 0.10), at(0.405, 0.20), at(0.380, 0.335)}, 0.011, 0.09);
  line({at(0.338, 0.085), at(0.385, 0.045), at(0.435, -0.005)}, 0.016, 0.08);
  line({at(0.385, 0.035), at(0.400, 0.055)}, 0.018, 0.08);
}

void AddArmBone(const Maker& maker, int side) {
  const double top = maker.anatomy.apex_y;
  const double swing = maker.view.ap() ? 0.05 : 0.15;
  const Point head{maker.X(side, 0.452), top + 0.085};
  maker.bones->strokes.push_back(
      {.points = {{head.x, head.y - 0.012}, {head.x, head.y + 0.014}},
       .width = 0.066,
       .softness = 0.010,
       .amplitude = 0.13});
  const Stroke shaft{
      .points = {head,
                 {head.x + SignOf(side) * 0.45 * swing, head.y + 0.24},
                 {head.x + SignOf(side) * 2.0 * swing, head.y + 1.0}},
      .width = 0.038,
      .softness = 0.006,
      .amplitude = 0.12};
  AddBone(shaft, -0.05, maker.bones);
}

void AddSpine(const Maker& maker) {
  RandomStream stream(
      maker.view.request().patient.key.Child("bones").Child("spine"));
  const double bend = maker.view.request().patient.scoliosis;
  const auto at = [&](double x, double y) {
    return Point{maker.anatomy.midline_x + x + bend * Sin(3.0 * y), y};
  };
  std::vector<Stroke>* strokes = &maker.bones->strokes;
  Stroke column{.width = 0.066, .softness = 0.012, .amplitude = 0.09};
  for (int i = -4; i <= 24; ++i) column.points.push_back(at(0.0, 0.05 * i));
  strokes->push_back(column);
  // A vertebra: an end plate above and below a disc, two pedicles, a spinous
  // process, transverse processes at the roots of the ribs.
  for (int i = -2; i < 19; ++i) {
    const double y = 0.058 * i + stream.Normal(0.0, 0.0012);
    const double half = 0.027 + 0.0004 * i;
    const auto bar = [&](Point from, Point to, double width, double amplitude) {
      strokes->push_back({.points = {from, to},
                          .width = width,
                          .softness = 0.004,
                          .amplitude = amplitude});
    };
    bar(at(-half, y), at(half, y), 0.005, 0.06);
    bar(at(-half, y + 0.012), at(half, y + 0.012), 0.004, 0.05);
    bar(at(-half, y + 0.006), at(half, y + 0.006), 0.006, -0.03);
    bar(at(-0.019, y + 0.026), at(-0.019, y + 0.033), 0.010, 0.05);
    bar(at(0.019, y + 0.026), at(0.019, y + 0.033), 0.010, 0.05);
    bar(at(0.0, y + 0.030), at(0.0, y + 0.046), 0.009, 0.05);
    bar(at(-0.045, y + 0.020), at(0.045, y + 0.020), 0.012, 0.015);
  }
}

void AddBreastbone(const Maker& maker) {
  const double top = maker.anatomy.apex_y + (maker.view.ap() ? 0.02 : 0.06);
  maker.bones->strokes.push_back(
      {.points = {{maker.anatomy.midline_x, top},
                  {maker.anatomy.midline_x, top + 0.09}},
       .width = 0.062,
       .softness = 0.02,
       .amplitude = 0.04});
}

}  // namespace

Bones LayOutBones(const Anatomy& anatomy, const FindingView& view) {
  Bones bones;
  const Maker maker{.anatomy = anatomy, .view = view, .bones = &bones};
  AddSpine(maker);
  AddBreastbone(maker);
  for (const int side : {0, 1}) {
    AddChestWall(maker, side);
    AddRibs(maker, side);
    AddScapula(maker, side);
    AddArmBone(maker, side);
    AddClavicle(maker, side);
  }
  return bones;
}

}  // namespace cxr::synth
