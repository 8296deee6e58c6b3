// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_pleura.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Pleura PleuraOf(const FilmRequest& request) {
  return LayOutPleura(PlainAnatomy(), FindingView(request));
}

double TopOf(const Place& place) {
  double top = 2.0;
  for (const Point& point : place.points) top = std::min(top, point.y);
  return top;
}

TEST(LayoutPleuraTest, IsEmptyWithoutFindings) {
  const Pleura pleura = PleuraOf(PlainRequest(64));
  EXPECT_THAT(pleura.effusions, IsEmpty());
  EXPECT_THAT(pleura.pneumothoraces, IsEmpty());
  EXPECT_THAT(pleura.thickenings, IsEmpty());
  EXPECT_THAT(pleura.places, IsEmpty());
}

TEST(LayoutPleuraTest, WaterClimbsTowardsTheChestWall) {
  const Pleura pleura =
      PleuraOf(With({Finding::kPleuralEffusion, 0.5, 1}, PlainRequest(64)));
  ASSERT_THAT(pleura.effusions, SizeIs(1));
  const Effusion& effusion = pleura.effusions[0];
  double last = SurfaceOf(effusion, 0.5);
  for (const double x : {0.6, 0.7, 0.8, 0.85}) {
    EXPECT_LT(SurfaceOf(effusion, x), last);
    last = SurfaceOf(effusion, x);
  }
}

TEST(LayoutPleuraTest, MoreWaterReachesHigher) {
  const FilmRequest plain = PlainRequest(64);
  double last = 2.0;
  for (const double severity : {0.1, 0.3, 0.6, 1.0}) {
    const Pleura pleura =
        PleuraOf(With({Finding::kPleuralEffusion, severity, -1}, plain));
    ASSERT_THAT(pleura.places, SizeIs(1));
    EXPECT_LT(TopOf(pleura.places[0]), last);
    last = TopOf(pleura.places[0]);
  }
}

TEST(LayoutPleuraTest, OnlyALyingPatientsWaterVeilsTheLung) {
  FilmRequest request =
      With({Finding::kPleuralEffusion, 0.5, 1}, PlainRequest(64));
  EXPECT_THAT(PleuraOf(request).veils, IsEmpty());
  request.view = View::kAp;
  EXPECT_THAT(PleuraOf(request).veils, SizeIs(1));
}

TEST(LayoutPleuraTest, ALungShrinksInwardsAndDownFromItsApex) {
  const Anatomy anatomy = PlainAnatomy();
  const Pleura pleura =
      PleuraOf(With({Finding::kPneumothorax, 0.6, 1}, PlainRequest(64)));
  ASSERT_THAT(pleura.pneumothoraces, SizeIs(1));
  const Pneumothorax& air = pleura.pneumothoraces[0];
  const Point apex = LungOf(anatomy.landmarks, 1)[0];
  EXPECT_TRUE(Inside(air.outline, {apex.x, apex.y + 0.03}));
  const Point middle{OuterX(anatomy, 1, 0.4) - 0.02, 0.4};
  EXPECT_TRUE(Inside(air.outline, middle));
  EXPECT_FALSE(Inside(air.outline, anatomy.hilum[1]));
}

TEST(LayoutPleuraTest, OnlyALargePneumothoraxReachesTheBase) {
  const Anatomy anatomy = PlainAnatomy();
  const Point base{OuterX(anatomy, 0, 0.72) + 0.01, 0.72};
  const auto reaches = [&](double severity) {
    const Pleura pleura = PleuraOf(
        With({Finding::kPneumothorax, severity, -1}, PlainRequest(64)));
    return Inside(pleura.pneumothoraces[0].outline, base);
  };
  EXPECT_FALSE(reaches(0.5));
  EXPECT_TRUE(reaches(0.9));
}

TEST(LayoutPleuraTest, AThickeningFollowsTheChestWall) {
  const Anatomy anatomy = PlainAnatomy();
  const Pleura pleura =
      PleuraOf(With({Finding::kPleuralThickening, 0.5, 1}, PlainRequest(64)));
  ASSERT_THAT(pleura.thickenings, SizeIs(1));
  for (const Point& point : pleura.thickenings[0].points) {
    EXPECT_NEAR(point.x, OuterX(anatomy, 1, point.y), 0.012);
  }
}

}  // namespace
}  // namespace cxr::synth
