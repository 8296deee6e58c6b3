// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/draw_frontal.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/film/layout.h"

namespace cxr::synth {
namespace {

constexpr int kSize = 160;

Plane AttenuationOf(const FilmRequest& request) {
  return DrawFrontal(request, PlainFrame(kSize)).attenuation;
}

TEST(DrawFrontalTest, HeartAndAbdomenAreDenseLungsAndOutsideAreNot) {
  const Frame frame = PlainFrame(kSize);
  const Plane film = AttenuationOf(PlainRequest(kSize));
  const double heart = ValueAt(film, frame, {0.54, 0.55});
  const double abdomen = ValueAt(film, frame, {0.30, 0.88});
  const double lung = ValueAt(film, frame, {0.27, 0.35});
  EXPECT_GT(heart, lung + 0.5);
  EXPECT_GT(abdomen, lung + 0.4);
  EXPECT_GT(lung, 0.2);
  EXPECT_EQ(ValueAt(film, frame, {0.02, 0.02}), 0.0);
}

TEST(DrawFrontalTest, TheBodyIsWhereTissueIs) {
  const Frame frame = PlainFrame(kSize);
  const Exposure exposure = DrawFrontal(PlainRequest(kSize), frame);
  EXPECT_GT(ValueAt(exposure.body, frame, {0.27, 0.35}), 0.8);
  EXPECT_EQ(ValueAt(exposure.body, frame, {0.02, 0.02}), 0.0);
}

TEST(DrawFrontalTest, AHerniaHasGasOverFluid) {
  const Frame frame = PlainFrame(kSize);
  const FilmRequest plain = PlainRequest(kSize);
  const FilmRequest ill = With({Finding::kHernia, 1.0, 0}, plain);
  const Nodule hernia = MakeLayout(ill).mediastinum.hernias[0];
  const Plane before = AttenuationOf(plain);
  const Plane after = AttenuationOf(ill);
  const auto added = [&](double down) {
    const Point at{hernia.center.x, hernia.center.y + down * hernia.radius};
    return ValueAt(after, frame, at) - ValueAt(before, frame, at);
  };
  EXPECT_GT(added(0.5), added(-0.4) + 0.1);
  EXPECT_LT(added(-0.4), 0.0);
}

TEST(DrawFrontalTest, DevicesAddAttenuation) {
  const FilmRequest plain = PlainRequest(kSize);
  EXPECT_GT(
      LargestOf(AttenuationOf(With({Finding::kSupportDevices, 0.5, 0}, plain))),
      LargestOf(AttenuationOf(plain)));
}

}  // namespace
}  // namespace cxr::synth
