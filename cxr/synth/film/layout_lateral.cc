// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_lateral.h"

#include <algorithm>
#include <vector>

#include "cxr/synth/film/shape.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/exact_math.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kRibs = 10;

// Depth of the chest, height of its base, from the patient and the findings.
struct Build {
  double front = 0.20;  // x of the breastbone
  double back = 0.80;   // x of the ribs' backs
  double apex = 0.10;
  double base = 0.74;
  double fat = 0.5;
};

Build BuildOf(const FindingView& view) {
  const Patient& patient = view.request().patient;
  RandomStream stream(patient.key.Child("lateral"));
  const double emphysema = view.Severity(Finding::kEmphysema);
  const double depth =
      stream.Normal(0.53, 0.02) * patient.thorax_width + 0.05 * emphysema;
  return {.front = 0.50 - 0.5 * depth,
          .back = 0.50 + 0.5 * depth,
          .apex = stream.Normal(0.10, 0.01),
          .base = stream.Normal(0.73, 0.015) * patient.thorax_height +
                  0.03 * emphysema,
          .fat = patient.fat};
}

void AddOutlines(const Build& build, const FindingView& view,
                 Lateral* lateral) {
  const double f = build.front;
  const double b = build.back;
  const double fat = 0.035 + 0.05 * build.fat;
  const double breast =
      view.request().patient.sex == Sex::kFemale ? 0.05 * build.fat : 0.0;
  lateral->body = ClosedSpline({{{f + 0.16, -0.30},
                                 {f + 0.12, 0.02},
                                 {f - 0.01, 0.14},
                                 {f - fat - 0.02, 0.30},
                                 {f - fat - 0.03 - breast, 0.50},
                                 {f - fat - 0.02, 0.70},
                                 {f - fat - 0.03, 1.30},
                                 {b + fat, 1.30},
                                 {b + fat + 0.01, 0.80},
                                 {b + fat + 0.06, 0.45},
                                 {b + fat + 0.04, 0.20},
                                 {b + 0.00, 0.05},
                                 {b - 0.10, -0.30}}},
                               10);
  lateral->lung = ClosedSpline({{{f + 0.22, build.apex},
                                 {f + 0.10, build.apex + 0.07},
                                 {f + 0.02, build.apex + 0.22},
                                 {f + 0.012, build.base - 0.20},
                                 {f + 0.04, build.base - 0.05},
                                 {f + 0.16, build.base - 0.085},
                                 {f + 0.34, build.base - 0.03},
                                 {b - 0.05, build.base + 0.10},
                                 {b - 0.012, build.base + 0.09},
                                 {b + 0.005, build.base - 0.20},
                                 {b - 0.015, build.apex + 0.20},
                                 {b - 0.09, build.apex + 0.06},
                                 {b - 0.19, build.apex}}},
                               10);
  const double size =
      1.0 + 0.9 * (view.request().patient.cardiothoracic_ratio +
                   0.13 * view.Severity(Finding::kCardiomegaly) - 0.455);
  const Point heart{f + 0.185 * size, build.base - 0.155};
  std::vector<Point> outline;
  for (const Point& point :
       Ellipse({0.0, 0.0}, 0.165 * size, 0.115 * size, 48)) {
    // The heart's axis points down to the front.
    outline.push_back({heart.x + 0.82 * point.x + 0.40 * point.y,
                       heart.y - 0.45 * point.x + 0.95 * point.y});
  }
  lateral->heart = outline;
  lateral->abdomen = {.outline = ClosedSpline({{{-0.6, build.base - 0.02},
                                                {f + 0.04, build.base - 0.05},
                                                {f + 0.16, build.base - 0.085},
                                                {f + 0.34, build.base - 0.03},
                                                {b - 0.05, build.base + 0.10},
                                                {1.6, build.base + 0.12},
                                                {1.6, 1.60},
                                                {-0.6, 1.60}}},
                                              10),
                      .amplitude = 0.18};
}

void AddBones(const Build& build, const FindingView& view, Lateral* lateral) {
  RandomStream stream(view.request().patient.key.Child("lateral bones"));
  const auto line = [&](std::vector<Point> points, double width,
                        double softness, double amplitude) {
    lateral->bones.push_back({.points = OpenSpline(points, 8),
                              .width = width,
                              .softness = softness,
                              .amplitude = amplitude});
  };
  const double x = build.back - 0.075;
  const auto spine = [&](double y) {
    return Point{x + 0.045 * Sin(kPi * std::clamp(y + 0.05, 0.0, 1.0)) - 0.02,
                 y};
  };
  line({spine(-0.20), spine(0.0), spine(0.2), spine(0.4), spine(0.6),
        spine(0.8), spine(1.1)},
       0.072, 0.012, 0.14);
  for (int i = -1; i < 16; ++i) {
    const Point at = spine(0.066 * i);
    line({{at.x - 0.033, at.y}, {at.x + 0.033, at.y + 0.006}}, 0.006, 0.004,
         0.07);
    line({{at.x + 0.04, at.y + 0.02}, {at.x + 0.085, at.y + 0.055}}, 0.014,
         0.006, 0.06);
  }
  line({{build.front + 0.03, build.apex + 0.09},
        {build.front - 0.006, build.apex + 0.25},
        {build.front - 0.004, build.base - 0.22}},
       0.018, 0.006, 0.14);
  // Ribs of both sides, not quite over each other.
  for (int i = 0; i < 2 * kRibs; ++i) {
    const double y = build.apex + 0.02 + 0.062 * (i / 2) +
                     stream.Normal(0.012 * (i % 2), 0.003);
    const double fall = 0.10 + 0.016 * (i / 2);
    line({{build.back - 0.02, y},
          {build.back + 0.005, y + 0.025},
          {0.55 * build.back + 0.45 * build.front, y + 0.6 * fall},
          {build.front + 0.09, y + fall}},
         0.015, 0.006, 0.04);
  }
}

void AddSoft(const Build& build, const FindingView& view, Lateral* lateral) {
  const double middle = 0.5 * (build.front + build.back);
  const auto blob = [&](double x, double y, double rx, double ry, double a) {
    lateral->soft.push_back({{x, y}, rx, ry, a});
  };
  // Raised arms over the apex; hila; the arch of the aorta.
  blob(middle + 0.02, -0.02, 0.26, 0.20, 0.40);
  const double edema = view.Severity(Finding::kEdema);
  blob(middle - 0.005, build.apex + 0.28, 0.060, 0.075, 0.16 + 0.06 * edema);
  blob(middle + 0.02, build.apex + 0.33, 0.12, 0.14, 0.05 + 0.12 * edema);
  blob(middle + 0.03, build.apex + 0.18, 0.075, 0.055, 0.10);
  lateral->air.push_back(
      {.points = OpenSpline({{{middle - 0.015, -0.10},
                              {middle + 0.005, 0.10},
                              {middle + 0.03, build.apex + 0.25}}},
                            8),
       .width = 0.032,
       .softness = 0.010,
       .amplitude = -0.16});
  RandomStream stream(view.request().patient.key.Child("lateral vessels"));
  for (int i = 0; i < 34; ++i) {
    const double angle = stream.Between(0.0, 2.0 * kPi);
    const double turn = angle + stream.Normal(0.0, 0.6);
    const double length = stream.Between(0.04, 0.10);
    const double start = stream.Between(0.02, 0.07);
    const Point from{middle + start * Cos(angle),
                     build.apex + 0.30 + 1.3 * start * Sin(angle)};
    const Point knee{from.x + length * Cos(angle),
                     from.y + length * Sin(angle)};
    lateral->vessels.push_back(
        {.points = OpenSpline(
             {{from,
               knee,
               {knee.x + length * Cos(turn), knee.y + length * Sin(turn)}}},
             6),
         .width = stream.Between(0.002, 0.007),
         .softness = 0.004,
         .amplitude = 0.045});
  }
}

void AddFindings(const Build& build, const FindingView& view,
                 Lateral* lateral) {
  for (const Finding finding :
       {Finding::kLungOpacity, Finding::kInfiltration, Finding::kConsolidation,
        Finding::kPneumonia, Finding::kMass, Finding::kNodule}) {
    if (!view.Has(finding)) continue;
    RandomStream stream(
        view.KeyOf(finding).Child("lateral").Child(FindingName(finding)));
    const bool round = finding == Finding::kMass || finding == Finding::kNodule;
    const double radius = round ? 0.022 : stream.Between(0.06, 0.11);
    const HeightRange heights = view.HeightsOf(
        finding, {.top = build.apex + 0.12, .bottom = build.base - 0.05});
    const double x = stream.Between(build.front + 0.14, build.back - 0.16);
    const double y = stream.Between(heights.top, heights.bottom);
    const double radius_y = round ? radius : stream.Between(0.05, 0.10);
    lateral->opacities.push_back({.center = {x, y},
                                  .radius_x = radius,
                                  .radius_y = radius_y,
                                  .amplitude = view.Opacity(finding, 0.14)});
  }
  const double effusion = view.Severity(Finding::kPleuralEffusion);
  if (effusion > 0.0) {
    lateral->water_y = build.base + 0.08 - 0.22 * effusion;
  }
  lateral->lung_air = 1.0 + 0.12 * view.Severity(Finding::kEmphysema);
}

void AddDevices(const Build& build, const FindingView& view, Lateral* lateral) {
  const DeviceSet& devices = view.request().study.devices;
  RandomStream stream(
      view.request().study.key.Child("lateral").Child("devices"));
  const double shift = stream.Between(0.0, 0.05);
  const double middle = 0.5 * (build.front + build.back);
  const Point vein{middle - 0.06, build.base - 0.25};
  const auto tube = [&](Device device, const std::vector<Point>& knots,
                        double width) {
    if (!devices.Has(device)) return;
    lateral->devices.push_back({.points = OpenSpline(knots, 12),
                                .width = width,
                                .softness = 0.002,
                                .amplitude = 0.18});
  };
  tube(Device::kEndotrachealTube,
       {{middle - 0.015, -0.10},
        {middle + 0.005, 0.10},
        {middle + 0.02, build.apex + 0.10 + shift}},
       0.009);
  // All catheters end in the large vein before the windpipe.
  const Point shoulder{middle - 0.05, build.apex + 0.02};
  tube(Device::kJugularLine, {{middle - 0.02, -0.10}, shoulder, vein}, 0.005);
  tube(Device::kSubclavianLine,
       {{middle - 0.15, build.apex - 0.02}, shoulder, vein}, 0.005);
  tube(Device::kPicc, {{middle + 0.05, -0.08}, shoulder, vein}, 0.004);
  const Point chamber{build.front - 0.02, build.apex + 0.20};
  tube(Device::kPort,
       {chamber, {middle - 0.14, build.apex + 0.02}, shoulder, vein}, 0.005);
  tube(Device::kPort, {chamber, {chamber.x + 0.004, chamber.y + 0.022}}, 0.018);
  const Point box{build.front - 0.015, build.apex + 0.14};
  tube(Device::kPacemaker, {box, {box.x - 0.012, box.y + 0.05}}, 0.022);
  tube(Device::kPacemaker,
       {box,
        {middle - 0.12, build.apex + 0.02},
        vein,
        {middle - 0.14 - shift, build.base - 0.12}},
       0.005);
  tube(Device::kNasogastricTube,
       {{middle + 0.02, -0.10},
        {middle + 0.06, build.apex + 0.20},
        {middle + 0.09, build.base - 0.10},
        {middle + 0.02, build.base + 0.05 + shift}},
       0.006);
  tube(Device::kChestTube,
       {{middle + 0.02, build.base + 0.10},
        {middle + 0.06, build.base - 0.15},
        {middle + 0.02, build.apex + 0.12 + shift}},
       0.009);
  tube(Device::kElectrodes,
       {{build.front + shift, build.apex + 0.28},
        {build.front + 0.02, build.base},
        {build.front - 0.05, 1.10}},
       0.004);
  for (int i = 0; i < 5; ++i) {
    const double y = build.apex + 0.10 + 0.07 * i;
    tube(Device::kSternalWires,
         {{build.front, y}, {build.front + 0.014, y + 0.004}}, 0.003);
  }
}

}  // namespace

Lateral LayOutLateral(const FindingView& view) {
  const Build build = BuildOf(view);
  Lateral lateral{.front = build.front, .back = build.back};
  AddOutlines(build, view, &lateral);
  AddBones(build, view, &lateral);
  AddSoft(build, view, &lateral);
  AddFindings(build, view, &lateral);
  AddDevices(build, view, &lateral);
  return lateral;
}

}  // namespace cxr::synth
