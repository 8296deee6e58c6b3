// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/devices.h"

#include <gtest/gtest.h>

namespace cxr::synth {
namespace {

constexpr int kMany = 2000;

int CountOf(Device device, const DeviceNeeds& needs) {
  int count = 0;
  for (int i = 0; i < kMany; ++i) {
    count += DrawDevices(needs, RandomKey(i)).Has(device);
  }
  return count;
}

TEST(DevicesTest, ThereIsAlwaysOneWithAName) {
  for (const bool intensive_care : {false, true}) {
    for (int i = 0; i < kMany; ++i) {
      const DeviceSet devices =
          DrawDevices({.intensive_care = intensive_care}, RandomKey(i));
      int named = 0;
      for (int d = 0; d < kDevices; ++d) {
        named += devices.there[d] && IsNamed(DeviceAt(d));
      }
      EXPECT_GE(named, 1);
    }
  }
}

TEST(DevicesTest, TubesAreForIntensiveCareAndPacemakersForOutpatients) {
  const DeviceNeeds inside{.intensive_care = true};
  EXPECT_EQ(CountOf(Device::kEndotrachealTube, {}), 0);
  EXPECT_NEAR(CountOf(Device::kEndotrachealTube, inside), 0.6 * kMany, 120);
  EXPECT_GT(CountOf(Device::kPacemaker, {}),
            2 * CountOf(Device::kPacemaker, inside));
  EXPECT_GT(CountOf(Device::kPort, {}), 4 * CountOf(Device::kPort, inside));
  EXPECT_GT(CountOf(Device::kNasogastricTube, inside),
            4 * CountOf(Device::kNasogastricTube, {}));
}

TEST(DevicesTest, DrainsThePneumothoraxOnItsSide) {
  int drains = 0;
  for (int i = 0; i < kMany; ++i) {
    const DeviceSet devices = DrawDevices(
        {.pneumothorax = true, .pneumothorax_side = -1}, RandomKey(i));
    if (!devices.Has(Device::kChestTube)) continue;
    ++drains;
    EXPECT_EQ(devices.SideOf(Device::kChestTube), -1);
  }
  EXPECT_NEAR(drains, 0.45 * kMany, 120);
  EXPECT_LT(CountOf(Device::kChestTube, {}), 0.05 * kMany);
}

TEST(DevicesTest, WhatIsThereHasItsSideAndWhatIsNotHasNone) {
  for (int i = 0; i < kMany; ++i) {
    const DeviceSet devices =
        DrawDevices({.intensive_care = true}, RandomKey(i));
    for (int d = 0; d < kDevices; ++d) {
      if (!devices.there[d]) {
        EXPECT_EQ(devices.sides[d], 0) << d;
      }
    }
    for (const Device device :
         {Device::kJugularLine, Device::kSubclavianLine, Device::kPicc,
          Device::kPort, Device::kPacemaker, Device::kChestTube}) {
      EXPECT_EQ(devices.Has(device), devices.SideOf(device) != 0);
    }
    EXPECT_FALSE(devices.Has(Device::kJugularLine) &&
                 devices.Has(Device::kSubclavianLine));
  }
}

}  // namespace
}  // namespace cxr::synth
