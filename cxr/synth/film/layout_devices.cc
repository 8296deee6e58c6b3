// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_devices.h"

#include <utility>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/patient/study.h"
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

// Where a catheter bends into the large vein right of the midline, and a tip in
// it.
Point VeinEntry(const Maker& maker) { return maker.At(-0.018, 0.095); }

Point TipInVein(const Maker& maker, RandomStream* stream) {
  return maker.At(-0.034, stream->Between(0.20, 0.30));
}

void AddJugularLine(const Maker& maker, int side, RandomStream* stream) {
  maker.AddTube({maker.At(side * 0.060, -0.30), maker.At(side * 0.055, -0.08),
                 VeinEntry(maker), TipInVein(maker, stream)},
                0.0045, 0.16);
}

void AddSubclavianLine(const Maker& maker, int side, RandomStream* stream) {
  maker.AddTube({maker.At(side * 0.60, 0.16), maker.At(side * 0.32, -0.005),
                 maker.At(side * 0.13, 0.035), VeinEntry(maker),
                 TipInVein(maker, stream)},
                0.0045, 0.16);
}

// Thin, from the arm.
void AddPicc(const Maker& maker, int side, RandomStream* stream) {
  maker.AddTube({maker.At(side * 0.62, 0.42), maker.At(side * 0.44, 0.12),
                 maker.At(side * 0.27, 0.02), maker.At(side * 0.12, 0.045),
                 VeinEntry(maker), TipInVein(maker, stream)},
                0.0036, 0.13);
}

// A chamber below the skin of the chest, a catheter over the collarbone.
void AddPort(const Maker& maker, int side, RandomStream* stream) {
  const double out = stream->Between(0.20, 0.25);
  const double down = stream->Between(0.12, 0.20);
  const Point chamber = maker.At(side * out, down);
  maker.AddDisc(chamber, 0.022, 0.22);
  maker.AddDisc(chamber, 0.012, 0.12);
  maker.AddTube(
      {chamber, maker.At(side * 0.13, -0.01), maker.At(side * 0.07, -0.02),
       VeinEntry(maker), TipInVein(maker, stream)},
      0.0042, 0.15);
}

void AddPacemaker(const Maker& maker, int side, RandomStream* stream) {
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
  const double bend = stream->Between(0.10, 0.16);
  maker.AddTube({maker.At(0.010, -0.40),
                 maker.At(0.012, 0.05),
                 {x + 0.016, stomach - 0.15},
                 {x + 0.040, stomach + 0.03},
                 {x + bend, stomach + 0.10},
                 {x + 0.13, stomach + 0.20}},
                0.0055, 0.13);
}

void AddChestTube(const Maker& maker, int sign, RandomStream* stream) {
  const int side = sign < 0 ? 0 : 1;
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
    const double out = stream->Between(-0.36, 0.36);
    const double height = stream->Between(0.20, 0.82);
    const Point at{maker.anatomy.midline_x + out, height};
    maker.AddDisc(at, 0.011, 0.18);
    maker.AddDisc(at, 0.005, 0.20);
    const double drift = stream->Normal(0.0, 0.22);
    const double bend = stream->Normal(0.0, 0.05);
    const double fall = stream->Between(0.30, 0.60);
    maker.AddTube({at,
                   {at.x + 0.3 * drift + bend, at.y + 0.12},
                   {at.x + drift, at.y + fall},
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

void AddDevice(const Maker& maker, Device device, int side,
               RandomStream* stream) {
  switch (device) {
    case Device::kEndotrachealTube:
      return AddTrachealTube(maker, stream);
    case Device::kJugularLine:
      return AddJugularLine(maker, side, stream);
    case Device::kSubclavianLine:
      return AddSubclavianLine(maker, side, stream);
    case Device::kPicc:
      return AddPicc(maker, side, stream);
    case Device::kPort:
      return AddPort(maker, side, stream);
    case Device::kPacemaker:
      return AddPacemaker(maker, side, stream);
    case Device::kNasogastricTube:
      return AddGastricTube(maker, stream);
    case Device::kChestTube:
      return AddChestTube(maker, side, stream);
    case Device::kElectrodes:
      return AddElectrodes(maker, stream);
    case Device::kSternalWires:
      return AddSternalWires(maker);
  }
  CXR_CHECK(false) << "device " << static_cast<int>(device);
}

}  // namespace

Devices LayOutDevices(const Anatomy& anatomy, const FindingView& view) {
  Devices devices;
  const Maker maker{anatomy, view, &devices};
  const Study& study = view.request().study;
  for (int i = 0; i < kDevices; ++i) {
    const Device device = DeviceAt(i);
    if (!study.devices.Has(device)) continue;
    RandomStream stream(study.key.Child("device", i));
    AddDevice(maker, device, study.devices.SideOf(device), &stream);
  }
  return devices;
}

}  // namespace cxr::synth
