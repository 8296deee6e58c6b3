// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_lateral.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

Lateral LateralOf(const FilmRequest& request) {
  return LayOutLateral(FindingView(request));
}

double WidthOf(const std::vector<Point>& outline) {
  double left = 2.0;
  double right = -1.0;
  for (const Point& point : outline) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
  }
  return right - left;
}

TEST(LayoutLateralTest, LungsLieInTheBodyAndTheHeartInFront) {
  const Lateral lateral = LateralOf(PlainRequest(64));
  EXPECT_TRUE(Inside(lateral.body, {0.5, 0.4}));
  EXPECT_TRUE(Inside(lateral.lung, {0.5, 0.4}));
  EXPECT_FALSE(Inside(lateral.lung, {0.5, 0.9}));
  EXPECT_TRUE(Inside(lateral.heart, {lateral.front + 0.2, 0.57}));
  EXPECT_FALSE(Inside(lateral.heart, {lateral.back - 0.1, 0.57}));
}

TEST(LayoutLateralTest, ALargeHeartIsWider) {
  const FilmRequest plain = PlainRequest(64);
  EXPECT_GT(
      WidthOf(LateralOf(With({Finding::kCardiomegaly, 1.0, 0}, plain)).heart),
      1.05 * WidthOf(LateralOf(plain).heart));
}

TEST(LayoutLateralTest, EmphysemaDeepensTheChest) {
  const FilmRequest plain = PlainRequest(64);
  const Lateral ill = LateralOf(With({Finding::kEmphysema, 1.0, 0}, plain));
  EXPECT_GT(WidthOf(ill.lung), WidthOf(LateralOf(plain).lung) + 0.03);
  EXPECT_GT(ill.lung_air, 1.1);
}

TEST(LayoutLateralTest, WaterStandsBehindTheDomes) {
  const FilmRequest plain = PlainRequest(64);
  EXPECT_GT(LateralOf(plain).water_y, 1.0);
  EXPECT_LT(LateralOf(With({Finding::kPleuralEffusion, 0.6, 1}, plain)).water_y,
            0.8);
}

TEST(LayoutLateralTest, ShowsOpacities) {
  const FilmRequest plain = PlainRequest(64);
  EXPECT_THAT(LateralOf(plain).opacities, IsEmpty());
  EXPECT_THAT(LateralOf(plain).devices, IsEmpty());
  EXPECT_THAT(LateralOf(With({Finding::kMass, 0.6, 1}, plain)).opacities,
              Not(IsEmpty()));
}

TEST(LayoutLateralTest, ShowsEachDeviceOfTheStudy) {
  for (int i = 0; i < kDevices; ++i) {
    FilmRequest request = PlainRequest(64);
    request.study.devices.Add(DeviceAt(i), 1);
    EXPECT_THAT(LateralOf(request).devices, Not(IsEmpty())) << i;
  }
}

TEST(LayoutLateralTest, OpacitiesLieInTheirZone) {
  for (const Zone zone : {Zone::kUpper, Zone::kLower}) {
    FilmRequest request = With({Finding::kPneumonia, 0.6, 1}, PlainRequest(64));
    request.study.zone[Finding::kPneumonia] = zone;
    const double y = LateralOf(request).opacities[0].center.y;
    EXPECT_EQ(y > 0.40, zone == Zone::kLower) << y;
  }
}

}  // namespace
}  // namespace cxr::synth
