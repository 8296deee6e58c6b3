// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_devices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;

FilmRequest WithDevices(const DeviceSet& devices) {
  FilmRequest request = PlainRequest(64);
  request.study.devices = devices;
  return request;
}

DeviceSet Only(Device device, int side) {
  DeviceSet devices;
  devices.Add(device, side);
  return devices;
}

Devices DevicesOf(const FilmRequest& request) {
  return LayOutDevices(PlainAnatomy(), FindingView(request));
}

TEST(LayoutDevicesTest, ThereAreNoneWithoutTheFinding) {
  const Devices devices = DevicesOf(PlainRequest(64));
  EXPECT_THAT(devices.strokes, IsEmpty());
  EXPECT_THAT(devices.areas, IsEmpty());
}

TEST(LayoutDevicesTest, AreExactlyThoseOfTheStudy) {
  DeviceSet all;
  size_t strokes = 0;
  size_t areas = 0;
  for (int i = 0; i < kDevices; ++i) {
    all.Add(DeviceAt(i), 1);
    const Devices alone = DevicesOf(WithDevices(Only(DeviceAt(i), 1)));
    EXPECT_FALSE(alone.strokes.empty()) << i;
    strokes += alone.strokes.size();
    areas += alone.areas.size();
    // Each as it is without the others.
    const Devices drawn = DevicesOf(WithDevices(all));
    ASSERT_EQ(drawn.strokes.size(), strokes);
    EXPECT_EQ(drawn.areas.size(), areas);
    EXPECT_EQ(drawn.strokes.back().points.back().x,
              alone.strokes.back().points.back().x);
  }
}

TEST(LayoutDevicesTest, LieOnTheirSide) {
  const double midline = PlainAnatomy().midline_x;
  for (const Device device :
       {Device::kJugularLine, Device::kSubclavianLine, Device::kPicc,
        Device::kPort, Device::kPacemaker, Device::kChestTube}) {
    for (const int side : {-1, 1}) {
      const Devices devices = DevicesOf(WithDevices(Only(device, side)));
      // Where they enter, or lie below the skin.
      EXPECT_GT(side * (devices.strokes[0].points[0].x - midline), 0.03)
          << static_cast<int>(device);
    }
  }
}

TEST(LayoutDevicesTest, AreDenserThanTissue) {
  for (int i = 0; i < kDevices; ++i) {
    for (const Stroke& stroke :
         DevicesOf(WithDevices(Only(DeviceAt(i), 1))).strokes) {
      EXPECT_GE(stroke.amplitude, 0.1);
    }
  }
}

}  // namespace
}  // namespace cxr::synth
