// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_vessels.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

std::vector<Stroke> VesselsOf(const FilmRequest& request) {
  return LayOutVessels(PlainAnatomy(), FindingView(request));
}

TEST(LayoutVesselsTest, TreesAreFineAndMany) {
  const std::vector<Stroke> vessels = VesselsOf(PlainRequest(64));
  EXPECT_GT(vessels.size(), 400u);
  EXPECT_LT(vessels.size(), 1000u);
  for (const Stroke& vessel : vessels) {
    EXPECT_GT(vessel.width, 0.0010);
    EXPECT_LT(vessel.width, 0.04);
    EXPECT_LE(vessel.amplitude, 1.0);
  }
}

TEST(LayoutVesselsTest, AreThinnerFarFromTheHilum) {
  const Anatomy anatomy = PlainAnatomy();
  double near = 0.0;
  double far = 0.0;
  int near_count = 0;
  int far_count = 0;
  for (const Stroke& vessel : VesselsOf(PlainRequest(64))) {
    if (vessel.points[0].x < 0.5) continue;
    const double x = vessel.points[0].x - anatomy.hilum[1].x;
    const double y = vessel.points[0].y - anatomy.hilum[1].y;
    const double square = x * x + y * y;
    if (square < 0.06 * 0.06) {
      near += vessel.width;
      ++near_count;
    } else if (square > 0.14 * 0.14) {
      far += vessel.width;
      ++far_count;
    }
  }
  EXPECT_GT(near / near_count, 2.0 * far / far_count);
}

TEST(LayoutVesselsTest, EdemaWidensAndBlursWithoutMovingThem) {
  const FilmRequest plain = PlainRequest(64);
  const std::vector<Stroke> dry = VesselsOf(plain);
  const std::vector<Stroke> wet =
      VesselsOf(With({Finding::kEdema, 1.0, 0}, plain));
  ASSERT_EQ(wet.size(), dry.size());
  for (size_t i = 0; i < dry.size(); ++i) {
    EXPECT_GT(wet[i].width, dry[i].width);
    EXPECT_GT(wet[i].softness, dry[i].softness);
    EXPECT_EQ(wet[i].points.back().x, dry[i].points.back().x);
  }
}

}  // namespace
}  // namespace cxr::synth
