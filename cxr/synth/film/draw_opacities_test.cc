// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_opacities.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

constexpr int kSize = 200;

Textures NoTexture() {
  return {MakePlane(kSize, kSize), MakePlane(kSize, kSize)};
}

TEST(DrawOpacitiesTest, ASolidNoduleIsAsThickAsABall) {
  const Frame frame = PlainFrame(kSize);
  Plane plane = MakePlane(kSize, kSize);
  AddNodule(frame, {.center = {0.5, 0.5}, .radius = 0.1, .amplitude = 0.4},
            NoTexture().fine, &plane);
  EXPECT_NEAR(ValueAt(plane, frame, {0.5, 0.5}), 0.4, 0.002);
  EXPECT_NEAR(ValueAt(plane, frame, {0.56, 0.5}), 0.4 * 0.8, 0.015);
  EXPECT_EQ(ValueAt(plane, frame, {0.61, 0.5}), 0.0);
}

TEST(DrawOpacitiesTest, AHollowNoduleIsDensestInItsWall) {
  const Frame frame = PlainFrame(kSize);
  Plane plane = MakePlane(kSize, kSize);
  AddNodule(
      frame,
      {.center = {0.5, 0.5}, .radius = 0.1, .wall = 0.2, .amplitude = 0.4},
      NoTexture().fine, &plane);
  EXPECT_NEAR(ValueAt(plane, frame, {0.5, 0.5}), 0.4 * 0.2, 0.01);
  EXPECT_GT(ValueAt(plane, frame, {0.58, 0.5}), 0.2);
}

TEST(DrawOpacitiesTest, WithoutTextureAnOpacityIsItsAmplitudeInTheMiddle) {
  const Frame frame = PlainFrame(kSize);
  Layout layout{.anatomy = PlainAnatomy()};
  layout.lungs.opacities = {{.center = {0.3, 0.4}, .amplitude = 0.2}};
  const Plane plane = DrawOpacities(frame, layout, NoTexture());
  EXPECT_NEAR(ValueAt(plane, frame, {0.3, 0.4}), 0.2, 1e-6);
  EXPECT_EQ(ValueAt(plane, frame, {0.4, 0.4}), 0.0);
}

TEST(DrawOpacitiesTest, ANetCoversTheLowerLungOfItsSideWithLines) {
  const Frame frame = PlainFrame(kSize);
  Layout layout{.anatomy = PlainAnatomy()};
  layout.lungs.nets = {
      {.side = 1, .amplitude = 0.1, .top = 0.4, .span = 0.1, .haze = 0.0}};
  const Plane plane = DrawOpacities(frame, layout, NoTexture());
  double above = 0.0;
  double other = 0.0;
  int lines = 0;
  int gaps = 0;
  ForPixels(frame, AllPixels(frame), [&](Point at, size_t i) {
    const double value = plane.values[i];
    if (at.y < 0.4) above += value;
    if (at.x < 0.49) other += value;
    if (at.x > 0.76 && at.x < 0.8 && at.y > 0.55 && at.y < 0.7) {
      (value > 0.05 ? lines : gaps) += 1;
    }
  });
  EXPECT_EQ(above, 0.0);
  EXPECT_EQ(other, 0.0);
  EXPECT_GT(lines, 10);
  EXPECT_GT(gaps, 10);
}

}  // namespace
}  // namespace cxr::synth
