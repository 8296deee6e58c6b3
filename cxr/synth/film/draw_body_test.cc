// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_body.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

Body PlainBody() {
  const FilmRequest request = PlainRequest(64);
  return LayOutBody(PlainAnatomy(), FindingView(request));
}

TEST(DrawBodyTest, TheTrunkIsThickInTheMiddleAndTheAirAboveShouldersEmpty) {
  const Frame frame = PlainFrame(128);
  const Plane trunk = DrawTrunk(frame, PlainBody());
  EXPECT_NEAR(ValueAt(trunk, frame, {0.5, 0.6}), 1.05, 0.15);
  EXPECT_EQ(ValueAt(trunk, frame, {0.02, 0.02}), 0.0);
  EXPECT_LT(ValueAt(trunk, frame, {0.5, 0.02}),
            ValueAt(trunk, frame, {0.5, 0.6}));
}

TEST(DrawBodyTest, AnArmAloneHasItsAmplitudeOnItsAxis) {
  const Frame frame = PlainFrame(128);
  Body body = PlainBody();
  for (Girth& girth : body.girths) girth.half_width = 1e-3;
  body.arms = {
      {.from = {0.8, 0.2}, .to = {0.8, 0.9}, .radius = 0.05, .amplitude = 0.5}};
  const Plane trunk = DrawTrunk(frame, body);
  EXPECT_NEAR(ValueAt(trunk, frame, {0.8, 0.5}), 0.5, 0.01);
  EXPECT_EQ(ValueAt(trunk, frame, {0.87, 0.5}), 0.0);
}

}  // namespace
}  // namespace cxr::synth
