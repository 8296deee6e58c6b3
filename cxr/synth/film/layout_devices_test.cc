// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_devices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;

FilmRequest WithDevices(int number, Setting setting) {
  FilmRequest request =
      With({Finding::kSupportDevices, 0.5, 0}, PlainRequest(64));
  request.study.key = request.patient.key.Child("study", number);
  request.study.setting = setting;
  return request;
}

Devices DevicesOf(const FilmRequest& request) {
  return LayOutDevices(PlainAnatomy(), FindingView(request));
}

TEST(LayoutDevicesTest, ThereAreNoneWithoutTheFinding) {
  const Devices devices = DevicesOf(PlainRequest(64));
  EXPECT_THAT(devices.strokes, IsEmpty());
  EXPECT_THAT(devices.areas, IsEmpty());
}

TEST(LayoutDevicesTest, ThereIsAlwaysOneWithIt) {
  for (int i = 0; i < 50; ++i) {
    const Devices devices = DevicesOf(WithDevices(i, Setting::kOutpatient));
    EXPECT_FALSE(devices.strokes.empty()) << i;
  }
}

TEST(LayoutDevicesTest, AreMoreInIntensiveCare) {
  size_t outside = 0;
  size_t inside = 0;
  for (int i = 0; i < 50; ++i) {
    outside += DevicesOf(WithDevices(i, Setting::kOutpatient)).strokes.size();
    inside += DevicesOf(WithDevices(i, Setting::kIntensiveCare)).strokes.size();
  }
  EXPECT_GT(inside, outside + 50);
}

TEST(LayoutDevicesTest, AreDenserThanTissue) {
  for (const Stroke& stroke :
       DevicesOf(WithDevices(1, Setting::kIntensiveCare)).strokes) {
    EXPECT_GE(stroke.amplitude, 0.1);
  }
}

TEST(LayoutDevicesTest, SomeDrainedPneumothoracesHaveAChestTube) {
  int tubes = 0;
  for (int i = 0; i < 40; ++i) {
    const FilmRequest request = WithDevices(i, Setting::kOutpatient);
    const size_t without = DevicesOf(request).strokes.size();
    const size_t with =
        DevicesOf(With({Finding::kPneumothorax, 0.5, 1}, request))
            .strokes.size();
    tubes += static_cast<int>(with - without);
  }
  EXPECT_GT(tubes, 8);
  EXPECT_LT(tubes, 32);
}

}  // namespace
}  // namespace cxr::synth
