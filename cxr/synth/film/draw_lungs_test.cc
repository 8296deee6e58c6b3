// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_lungs.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

constexpr int kSize = 192;

// The lungs without texture.
Plane LungsOf(const FilmRequest& request) {
  return DrawLungs(PlainFrame(kSize), MakeLayout(request),
                   {MakePlane(kSize, kSize), MakePlane(kSize, kSize)});
}

TEST(DrawLungsTest, AirTakesAttenuationInTheLungsAndNothingElsewhere) {
  const Frame frame = PlainFrame(kSize);
  const Plane lungs = LungsOf(PlainRequest(kSize));
  EXPECT_LT(ValueAt(lungs, frame, {0.27, 0.35}), -0.3);
  EXPECT_LT(ValueAt(lungs, frame, {0.74, 0.35}), -0.3);
  EXPECT_NEAR(ValueAt(lungs, frame, {0.5, 0.9}), 0.0, 1e-6);
  EXPECT_NEAR(ValueAt(lungs, frame, {0.02, 0.35}), 0.0, 1e-6);
}

TEST(DrawLungsTest, NoOpacityExceedsTheAirThatItReplaces) {
  FilmRequest request =
      With({Finding::kConsolidation, 1.0, 0}, PlainRequest(kSize));
  request.style.difficulty = 20.0;
  const Plane lungs = LungsOf(request);
  // 0.05 of 0.62 more than all air, and what vessels add to it.
  EXPECT_LT(LargestOf(lungs), 0.05 * 0.62 + 1.6 * 0.115);
}

TEST(DrawLungsTest, WaterReplacesAirBelowItsSurface) {
  const Frame frame = PlainFrame(kSize);
  const Plane dry = LungsOf(PlainRequest(kSize));
  const Plane wet =
      LungsOf(With({Finding::kPleuralEffusion, 0.8, -1}, PlainRequest(kSize)));
  const Point base{0.24, 0.67};
  const Point top{0.27, 0.25};
  EXPECT_LT(ValueAt(dry, frame, base), -0.2);
  EXPECT_GT(ValueAt(wet, frame, base), -0.05);
  EXPECT_EQ(ValueAt(wet, frame, top), ValueAt(dry, frame, top));
}

TEST(DrawLungsTest, FreeAirIsDarkerThanLung) {
  const Frame frame = PlainFrame(kSize);
  const Anatomy anatomy = PlainAnatomy();
  const Plane lung = LungsOf(PlainRequest(kSize));
  const Plane collapsed =
      LungsOf(With({Finding::kPneumothorax, 0.7, 1}, PlainRequest(kSize)));
  const Point wall{OuterX(anatomy, 1, 0.35) - 0.02, 0.35};
  EXPECT_LT(ValueAt(collapsed, frame, wall), ValueAt(lung, frame, wall) - 0.05);
  EXPECT_NEAR(ValueAt(collapsed, frame, {0.62, 0.45}),
              ValueAt(lung, frame, {0.62, 0.45}), 0.02);
}

TEST(DrawLungsTest, EmphysemaDarkens) {
  EXPECT_LT(
      MeanOf(LungsOf(With({Finding::kEmphysema, 1.0, 0}, PlainRequest(kSize)))),
      1.05 * MeanOf(LungsOf(PlainRequest(kSize))));
}

}  // namespace
}  // namespace cxr::synth
