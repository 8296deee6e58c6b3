// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_bones.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Bones BonesOf(const FilmRequest& request) {
  return LayOutBones(PlainAnatomy(), FindingView(request));
}

TEST(LayoutBonesTest, BothSidesHaveRibsToTheChestWall) {
  const Anatomy anatomy = PlainAnatomy();
  const Bones bones = BonesOf(PlainRequest(64));
  double left = 1.0;
  double right = 0.0;
  for (const Stroke& stroke : bones.strokes) {
    // Ribs are the only curves of so many points.
    if (stroke.points.size() != 29) continue;
    for (const Point& point : stroke.points) {
      left = std::min(left, point.x);
      right = std::max(right, point.x);
    }
  }
  EXPECT_NEAR(right - left, 2.0 * anatomy.half_width, 0.06);
}

TEST(LayoutBonesTest, WithoutFractureNothingHasAPlace) {
  EXPECT_THAT(BonesOf(PlainRequest(64)).places, IsEmpty());
}

TEST(LayoutBonesTest, AFractureBreaksOneRibOfItsSide) {
  const FilmRequest plain = PlainRequest(64);
  for (const int side : {-1, 1}) {
    const Bones bones =
        BonesOf(With({Finding::kRibFracture, 0.8, side}, plain));
    // Shell and core of the second half.
    EXPECT_THAT(bones.strokes, SizeIs(BonesOf(plain).strokes.size() + 2));
    ASSERT_THAT(bones.places, SizeIs(1));
    EXPECT_GT(side * (bones.places[0].points[0].x - 0.5), 0.0);
  }
}

TEST(LayoutBonesTest, AClavicleBreaksAtItsOuterPart) {
  const Bones bones =
      BonesOf(With({Finding::kClavicleFracture, 0.8, 1}, PlainRequest(64)));
  ASSERT_THAT(bones.places, SizeIs(1));
  EXPECT_EQ(bones.places[0].finding, Finding::kClavicleFracture);
  EXPECT_LT(bones.places[0].points[0].y, PlainAnatomy().apex_y + 0.08);
}

TEST(LayoutBonesTest, ScapulaeLieFartherInOnApFilms) {
  const FilmRequest pa = PlainRequest(64);
  FilmRequest ap = pa;
  ap.view = View::kAp;
  const auto inner = [](const Bones& bones) {
    double x = 1.0;  // of the left one's inner border
    for (const Area& area : bones.areas) {
      if (area.outline[0].x < 0.5) continue;
      for (const Point& point : area.outline) x = std::min(x, point.x);
    }
    return x;
  };
  EXPECT_LT(inner(BonesOf(ap)), inner(BonesOf(pa)) - 0.05);
}

}  // namespace
}  // namespace cxr::synth
