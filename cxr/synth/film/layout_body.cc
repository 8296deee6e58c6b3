// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_body.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/film/outline.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

// Place of the last point on the diaphragm in a lung's outline.
constexpr int kCardiophrenic = 28;

// Knots of a curve over y resampled at the girths' heights.
std::vector<double> Sampled(absl::Span<const Point> knots) {
  // x is the height here, y the value.
  const std::vector<Point> curve = OpenSpline(knots, 8);
  std::vector<double> values;
  size_t next = 1;
  for (int i = 0; i < kGirths; ++i) {
    const double at = kGirthTop + i * kGirthStep;
    while (next + 1 < curve.size() && curve[next].x < at) ++next;
    const Point& a = curve[next - 1];
    const Point& b = curve[next];
    const double t = std::clamp((at - a.x) / (b.x - a.x), 0.0, 1.0);
    values.push_back(a.y + t * (b.y - a.y));
  }
  return values;
}

std::vector<Girth> GirthsOf(const Anatomy& anatomy, const FindingView& view) {
  const double fat = view.request().patient.fat;
  const double chest = anatomy.half_width + 0.070 + 0.065 * fat;
  const double top = anatomy.apex_y - 0.153;
  // Shoulders stand higher over the lungs where arms hang (AP).
  const double up = view.ap() ? -0.035 : 0.0;
  const double neck = 0.095 + 0.02 * fat;
  const std::vector<double> widths = Sampled({{{-0.60, neck},
                                               {top - 0.04, neck},
                                               {top + 0.02, neck + 0.025},
                                               {top + up + 0.07, 0.250},
                                               {top + up + 0.095, 0.385},
                                               {top + up + 0.125, 0.490},
                                               {top + 0.24, chest + 0.055},
                                               {top + 0.40, chest + 0.02},
                                               {0.70, chest},
                                               {1.05, chest + 0.02},
                                               {1.60, chest + 0.05}}});
  const double thick = 1.0 + 0.25 * (fat - 0.5);
  const std::vector<double> depths = Sampled({{{-0.60, 0.66},
                                               {top + 0.00, 0.70},
                                               {top + 0.08, 0.78},
                                               {top + 0.16, 0.93},
                                               {top + 0.30, 1.00},
                                               {0.70, 1.05},
                                               {1.60, 1.10}}});
  std::vector<Girth> girths(kGirths);
  for (int i = 0; i < kGirths; ++i) {
    girths[i] = {widths[i], depths[i] * thick};
  }
  return girths;
}

void AddArms(const Anatomy& anatomy, const FindingView& view, Body* body) {
  const double fat = view.request().patient.fat;
  for (const int side : {0, 1}) {
    const double sign = SignOf(side);
    const double swing = view.ap() ? 0.06 : 0.16;
    const Point shoulder{anatomy.midline_x + sign * 0.440,
                         anatomy.apex_y + 0.055};
    body->arms.push_back(
        {.from = shoulder,
         .to = {shoulder.x + sign * (0.04 + 2.0 * swing), shoulder.y + 1.10},
         .radius = 0.085 + 0.020 * fat,
         .amplitude = 0.55});
  }
}

void AddSoft(const Anatomy& anatomy, const FindingView& view, Body* body) {
  const Patient& patient = view.request().patient;
  RandomStream stream(patient.key.Child("soft"));
  const double size = stream.Between(0.8, 1.25);
  const double base = 0.5 * (anatomy.dome_y[0] + anatomy.dome_y[1]);
  const double woman = patient.sex == Sex::kFemale ? 1.0 : 0.0;
  for (const int side : {0, 1}) {
    const double sign = SignOf(side);
    const auto blob = [&](double x, double y, double rx, double ry,
                          double amplitude) {
      body->soft.push_back({.center = {anatomy.midline_x + sign * x, y},
                            .radius_x = rx,
                            .radius_y = ry,
                            .amplitude = amplitude});
    };
    // Breast; chest muscle; muscles of the neck.
    blob(0.20, base - 0.055, 0.155 * size, 0.150 * size,
         (0.12 * woman + 0.015) * (0.5 + patient.fat));
    blob(0.27, anatomy.apex_y + 0.17, 0.17, 0.17, 0.05 * (1.0 - 0.5 * woman));
    blob(0.070, anatomy.apex_y - 0.10, 0.055, 0.16, 0.07);  // Shoulder.
    blob(0.40, anatomy.apex_y + 0.10, 0.20, 0.20, 0.16);
    if (woman > 0.0) {
      // The fold below a breast.
      body->folds.push_back(
          {.points = OpenSpline(
               {{{anatomy.midline_x + sign * 0.10, base + 0.035 * size},
                 {anatomy.midline_x + sign * 0.20, base + 0.062 * size},
                 {anatomy.midline_x + sign * 0.30, base + 0.030 * size}}},
               8),
           .width = 0.020,
           .softness = 0.014,
           .amplitude = 0.03 * (0.3 + patient.fat)});
    }
  }
}

// Along the domes of both lungs. Beyond them the belly's wall begins little by
// little.
void AddDiaphragm(const Anatomy& anatomy, Body* body) {
  const Outline right = LungOf(anatomy.landmarks, 0);
  const Outline left = LungOf(anatomy.landmarks, 1);
  std::vector<Point> curve(right.begin() + kCostophrenicAngle,
                           right.begin() + kCardiophrenic + 1);
  curve.insert(curve.end(), left.rend() - kCardiophrenic - 1,
               left.rend() - kCostophrenicAngle);
  size_t next = 1;
  for (int i = 0; i < kBrims; ++i) {
    const double x = kBrimLeft + i * kBrimStep;
    while (next + 1 < curve.size() && curve[next].x < x) ++next;
    const Point& a = curve[next - 1];
    const Point& b = curve[next];
    const double t =
        std::clamp((x - a.x) / std::max(1e-6, b.x - a.x), 0.0, 1.0);
    const double beyond =
        std::max({0.0, curve.front().x - x, x - curve.back().x});
    body->diaphragm.push_back(
        {.y = a.y + t * (b.y - a.y), .softness = 0.012 + 3.0 * beyond});
  }
}

void AddGas(const Anatomy& anatomy, const FindingView& view, Body* body) {
  RandomStream stream(view.request().study.key.Child("gas"));
  const double x = anatomy.midline_x + stream.Between(0.12, 0.20);
  const double y = anatomy.dome_y[1] + stream.Between(0.045, 0.075);
  const double size = stream.Between(0.02, 0.05);
  body->gas.push_back({.center = {x, y},
                       .radius_x = 1.5 * size,
                       .radius_y = size,
                       .amplitude = -0.24});
  const int loops = stream.Below(5);
  for (int i = 0; i < loops; ++i) {
    const double radius = stream.Between(0.015, 0.035);
    body->gas.push_back(
        {.center = {anatomy.midline_x + stream.Between(0.02, 0.28),
                    y + stream.Between(0.06, 0.20)},
         .radius_x = 1.2 * radius,
         .radius_y = radius,
         .amplitude = -0.14});
  }
}

}  // namespace

double AbdomenAt(const Body& body, Point point) {
  const double place =
      std::clamp((point.x - kBrimLeft) / kBrimStep, 0.0, kBrims - 1.001);
  const int i = static_cast<int>(place);
  const double t = place - i;
  const Brim& a = body.diaphragm[i];
  const Brim& b = body.diaphragm[i + 1];
  const double y = a.y + t * (b.y - a.y);
  const double softness = a.softness + t * (b.softness - a.softness);
  return SmoothStep((point.y - y) / softness);
}

Body LayOutBody(const Anatomy& anatomy, const FindingView& view) {
  Body body{.midline_x = anatomy.midline_x, .girths = GirthsOf(anatomy, view)};
  AddArms(anatomy, view, &body);
  AddSoft(anatomy, view, &body);
  AddDiaphragm(anatomy, &body);
  AddGas(anatomy, view, &body);
  return body;
}

}  // namespace cxr::synth
