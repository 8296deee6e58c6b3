// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/textures.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

TEST(TexturesTest, TheFineOneChangesMoreFromPixelToPixel) {
  const Textures textures = MakeTextures(PlainFrame(128), RandomKey(3));
  const auto roughness = [](const Plane& plane) {
    double sum = 0.0;
    for (size_t i = 1; i < plane.values.size(); ++i) {
      const double step = plane.values[i] - plane.values[i - 1];
      sum += step * step;
    }
    return sum;
  };
  EXPECT_GT(roughness(textures.fine), 2.0 * roughness(textures.coarse));
}

TEST(TexturesTest, FollowTheKey) {
  const Frame frame = PlainFrame(32);
  const Textures a = MakeTextures(frame, RandomKey(3));
  EXPECT_EQ(MakeTextures(frame, RandomKey(3)).fine.values, a.fine.values);
  EXPECT_NE(MakeTextures(frame, RandomKey(4)).fine.values, a.fine.values);
  EXPECT_NE(a.coarse.values, a.fine.values);
}

}  // namespace
}  // namespace cxr::synth
