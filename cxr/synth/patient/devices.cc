// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/devices.h"

namespace cxr::synth {
namespace {

struct DeviceRates {
  Device device;
  double intensive_care;
  double elsewhere;
  double left;  // share; negative: it lies in the middle or on both sides
};

// Tubes, lines, pacemakers, wires and electrodes are near the prototype's.
constexpr DeviceRates kLine{Device::kJugularLine, 0.35, 0.05, 0.35};
constexpr DeviceRates kPacemaker{Device::kPacemaker, 0.20, 0.45, 0.80};
constexpr DeviceRates kRates[] = {
    {Device::kEndotrachealTube, 0.60, 0.00, -1.0},
    kLine,
    {Device::kSubclavianLine, 0.25, 0.05, 0.35},
    {Device::kPicc, 0.20, 0.20, 0.50},
    {Device::kPort, 0.02, 0.25, 0.35},
    kPacemaker,
    {Device::kNasogastricTube, 0.50, 0.03, -1.0},
    {Device::kElectrodes, 0.80, 0.20, -1.0},
    {Device::kSternalWires, 0.20, 0.20, -1.0},
};
constexpr double kDrained = 0.45;  // of pneumothoraces
constexpr double kDrainedWithoutAir = 0.02;

int SideOf(double left, RandomKey key) {
  if (left < 0.0) return 0;
  return RandomStream(key).Chance(left) ? 1 : -1;
}

int DrainedSide(const DeviceNeeds& needs, RandomKey key) {
  if (needs.pneumothorax && needs.pneumothorax_side != 0) {
    return needs.pneumothorax_side;
  }
  return SideOf(/*left=*/0.5, key);
}

bool AnyIsNamed(const DeviceSet& devices) {
  for (int i = 0; i < kDevices; ++i) {
    if (devices.there[i] && IsNamed(DeviceAt(i))) return true;
  }
  return false;
}

}  // namespace

DeviceSet DrawDevices(const DeviceNeeds& needs, RandomKey key) {
  DeviceSet devices;
  const auto chance = [key](Device device, double rate) {
    return RandomStream(key.Child("presence", static_cast<int>(device)))
        .Chance(rate);
  };
  const auto side_key = [key](Device device) {
    return key.Child("side", static_cast<int>(device));
  };
  for (const DeviceRates& rates : kRates) {
    const double rate =
        needs.intensive_care ? rates.intensive_care : rates.elsewhere;
    // One way into the large vein is enough.
    if (rates.device == Device::kSubclavianLine &&
        devices.Has(Device::kJugularLine)) {
      continue;
    }
    if (chance(rates.device, rate)) {
      devices.Add(rates.device, SideOf(rates.left, side_key(rates.device)));
    }
  }
  if (chance(Device::kChestTube,
             needs.pneumothorax ? kDrained : kDrainedWithoutAir)) {
    devices.Add(Device::kChestTube,
                DrainedSide(needs, side_key(Device::kChestTube)));
  }
  if (!AnyIsNamed(devices)) {
    const DeviceRates& alone = needs.intensive_care ? kLine : kPacemaker;
    devices.Add(alone.device, SideOf(alone.left, side_key(alone.device)));
  }
  return devices;
}

}  // namespace cxr::synth
