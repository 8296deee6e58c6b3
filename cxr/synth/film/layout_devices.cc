// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_devices.h"

#include <utility>
#include <vector>

#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/spline.h"

namespace cxr::synth {
namespace {

struct Maker {
  const Anatomy& anatomy;
  const FindingView& view;
  Devices* devices;

  // From the midline and the apex.
  Point At(double x, double y) const {
    return {anatomy.midline_x + x, anatomy.apex_y + y};
  }

  void AddTube(const std::vector<Point>& knots, double width,
               double amplitude) const {
    devices->strokes.push_back({.points = OpenSpline(knots, 14),
                                .width = width,
                                .softness = 0.0015,
                                .amplitude = amplitude});
  }

  void AddDisc(Point center, double radius, double amplitude) const {
    devices->areas.push_back(
        {.outline = Ellipse(center, radius, 0.9 * radius, 40),
         .amplitude = amplitude});
  }
};

// Two walls and a dense line.
void AddTrachealTube(const Maker& maker, RandomStream* stream) {
  const double lean = stream->Normal(0.0, 0.004);
  const double tip = stream->Between(0.08, 0.15);
  for (const double wall : {-0.006, 0.006}) {
    maker.AddTube({maker.At(wall + lean, -0.40), maker.At(wall, -0.05),
                   maker.At(wall - 0.002, tip)},
                  0.0022, 0.10);
  }
  maker.AddTube(
      {maker.At(lean, -0.40), maker.At(0.001, -0.05), maker.At(-0.001, tip)},
      0.0030, 0.12);
}

// Through a neck or shoulder vein to the large vein right of the midline.
void AddVenousLine(const Maker& maker, RandomStream* stream) {
  const int side = stream->Sign();
  const double tip = stream->Between(0.20, 0.30);
  if (stream->Chance(0.5)) {
    maker.AddTube({maker.At(side * 0.060, -0.30), maker.At(side * 0.055, -0.08),
                   maker.At(-0.020, 0.09), maker.At(-0.034, tip)},
                  0.0045, 0.16);
  } else {
    maker.AddTube({maker.At(side * 0.60, 0.16), maker.At(side * 0.32, -0.005),
                   maker.At(side * 0.13, 0.035), maker.At(-0.015, 0.10),
                   maker.At(-0.034, tip)},
                  0.0045, 0.16);
  }
}

void AddPacemaker(const Maker& maker, RandomStream* stream) {
  const int side = stream->Chance(0.8) ? 1 : -1;
  const double out = stream->Between(0.25, 0.30);
  const double down = stream->Between(0.04, 0.10);
  const Point box = maker.At(side * out, down);
  maker.AddDisc(box, 0.042, 0.45);
  maker.AddDisc(box, 0.030, 0.15);
  const double heart = maker.anatomy.dome_y[1];
  const double x = maker.anatomy.midline_x;
  maker.AddTube({box,
                 maker.At(side * 0.15, 0.02),
                 maker.At(-0.012, 0.12),
                 {x - 0.030, heart - 0.20},
                 {x + 0.01, heart - 0.05},
                 {x + 0.075, heart - 0.04}},
                0.0045, 0.22);
  if (stream->Chance(0.5)) {
    maker.AddTube({box,
                   maker.At(side * 0.15, 0.03),
                   maker.At(-0.018, 0.13),
                   {x - 0.045, heart - 0.18},
                   {x - 0.030, heart - 0.14}},
                  0.0045, 0.20);
  }
}

void AddGastricTube(const Maker& maker, RandomStream* stream) {
  const double stomach = maker.anatomy.dome_y[1];
  const double x = maker.anatomy.midline_x;
  maker.AddTube({maker.At(0.010, -0.40),
                 maker.At(0.012, 0.05),
                 {x + 0.016, stomach - 0.15},
                 {x + 0.040, stomach + 0.03},
                 {x + stream->Between(0.10, 0.16), stomach + 0.10},
                 {x + 0.13, stomach + 0.20}},
                0.0055, 0.13);
}

void AddChestTube(const Maker& maker, RandomStream* stream, int side) {
  const double sign = SignOf(side);
  const double y = maker.anatomy.dome_y[side] - stream->Between(0.06, 0.14);
  const double wall = OuterX(maker.anatomy, side, y);
  maker.AddTube({{wall + sign * 0.14, y + 0.09},
                 {wall + sign * 0.01, y},
                 {wall - sign * 0.09, y - 0.13},
                 {wall - sign * 0.12, y - 0.30}},
                0.0080, 0.14);
}

void AddElectrodes(const Maker& maker, RandomStream* stream) {
  const int count = 1 + stream->Below(4);
  for (int i = 0; i < count; ++i) {
    const Point at{maker.anatomy.midline_x + stream->Between(-0.36, 0.36),
                   stream->Between(0.20, 0.82)};
    maker.AddDisc(at, 0.011, 0.18);
    maker.AddDisc(at, 0.005, 0.20);
    const double drift = stream->Normal(0.0, 0.22);
    maker.AddTube(
        {at,
         {at.x + 0.3 * drift + stream->Normal(0.0, 0.05), at.y + 0.12},
         {at.x + drift, at.y + stream->Between(0.30, 0.60)},
         {at.x + 1.3 * drift, 1.25}},
        0.0032, 0.11);
  }
}

void AddSternalWires(const Maker& maker) {
  for (int i = 0; i < 5; ++i) {
    const double y = 0.14 + 0.085 * i;
    maker.AddTube({maker.At(-0.014, y), maker.At(0.0, y - 0.006),
                   maker.At(0.014, y + 0.001), maker.At(0.001, y + 0.008),
                   maker.At(-0.013, y + 0.002)},
                  0.0025, 0.25);
  }
}

}  // namespace

Devices LayOutDevices(const Anatomy& anatomy, const FindingView& view) {
  Devices devices;
  if (!view.Has(Finding::kSupportDevices)) return devices;
  const Maker maker{anatomy, view, &devices};
  RandomStream stream = view.StreamOf(Finding::kSupportDevices);
  const bool intensive =
      view.request().study.setting == Setting::kIntensiveCare;
  const bool tube = stream.Chance(intensive ? 0.6 : 0.05);
  const bool line = stream.Chance(intensive ? 0.7 : 0.4);
  const bool gastric = stream.Chance(intensive ? 0.5 : 0.05);
  const bool pacemaker = stream.Chance(intensive ? 0.25 : 0.45);
  const bool wires = stream.Chance(0.2);
  const bool electrodes = stream.Chance(intensive ? 0.8 : 0.2);
  if (tube) AddTrachealTube(maker, &stream);
  if (line) AddVenousLine(maker, &stream);
  if (gastric) AddGastricTube(maker, &stream);
  if (wires) AddSternalWires(maker);
  if (electrodes) AddElectrodes(maker, &stream);
  const bool none = !(tube || line || gastric || wires || electrodes);
  if (pacemaker || none) AddPacemaker(maker, &stream);
  for (const int side : {0, 1}) {
    if (view.Has(Finding::kPneumothorax, side) && stream.Chance(0.5)) {
      AddChestTube(maker, &stream, side);
    }
  }
  return devices;
}

}  // namespace cxr::synth
