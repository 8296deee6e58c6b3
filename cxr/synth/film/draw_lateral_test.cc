// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_lateral.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

constexpr int kSize = 128;

TEST(DrawLateralTest, LungsAreDarkBetweenBreastboneAndSpine) {
  const Frame frame = PlainFrame(kSize);
  FilmRequest request = PlainRequest(kSize);
  request.view = View::kLateral;
  const Exposure exposure = DrawLateral(request, frame);
  const double lung = ValueAt(exposure.attenuation, frame, {0.5, 0.35});
  EXPECT_GT(ValueAt(exposure.attenuation, frame, {0.5, 0.9}), lung + 0.4);
  EXPECT_GT(lung, 0.1);
  EXPECT_EQ(ValueAt(exposure.body, frame, {0.03, 0.5}), 0.0);
}

TEST(DrawLateralTest, WaterBrightensTheBackOfTheBase) {
  const Frame frame = PlainFrame(kSize);
  FilmRequest dry = PlainRequest(kSize);
  dry.view = View::kLateral;
  const FilmRequest wet = With({Finding::kPleuralEffusion, 0.8, 1}, dry);
  const Point back{0.66, 0.70};
  const Point top{0.5, 0.3};
  const Plane a = DrawLateral(dry, frame).attenuation;
  const Plane b = DrawLateral(wet, frame).attenuation;
  EXPECT_GT(ValueAt(b, frame, back), ValueAt(a, frame, back) + 0.2);
  EXPECT_NEAR(ValueAt(b, frame, top), ValueAt(a, frame, top), 1e-6);
}

}  // namespace
}  // namespace cxr::synth
