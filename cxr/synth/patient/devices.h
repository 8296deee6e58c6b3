// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_DEVICES_H_
#define CXR_SYNTH_PATIENT_DEVICES_H_

#include <array>

#include "cxr/synth/random/stream.h"

// What has been put into or onto a person. Films show all of it, reports and
// labels name some.

namespace cxr::synth {

enum class Device {
  kEndotrachealTube,
  kJugularLine,     // central venous catheters by the vein that they enter
  kSubclavianLine,  //
  kPicc,
  kPort,
  kPacemaker,
  kNasogastricTube,
  kChestTube,
  kElectrodes,
  kSternalWires,
};

inline constexpr int kDevices = 10;

inline constexpr Device DeviceAt(int i) { return static_cast<Device>(i); }

// Electrodes and sternal wires go unmentioned.
inline constexpr bool IsNamed(Device device) {
  return device != Device::kElectrodes && device != Device::kSternalWires;
}

struct DeviceSet {
  // As Study::side: of those with one that are there -1 (the patient's right)
  // or 1; else 0.
  std::array<int, kDevices> sides = {};
  std::array<bool, kDevices> there = {};

  bool Has(Device device) const { return there[static_cast<int>(device)]; }
  int SideOf(Device device) const { return sides[static_cast<int>(device)]; }
  void Add(Device device, int side) {
    there[static_cast<int>(device)] = true;
    sides[static_cast<int>(device)] = side;
  }
};

// Whom devices are for.
struct DeviceNeeds {
  bool intensive_care = false;
  bool pneumothorax = false;  // some are drained
  int pneumothorax_side = 0;  // -1, 1; 0: either
};

// At least one that is named: in intensive care tubes and lines above all,
// elsewhere pacemakers and ports.
DeviceSet DrawDevices(const DeviceNeeds& needs, RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_DEVICES_H_
