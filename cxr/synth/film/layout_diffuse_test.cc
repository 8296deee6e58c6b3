// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_diffuse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

LungFindings DiffuseOf(const FilmRequest& request) {
  LungFindings findings;
  AddDiffuse(PlainAnatomy(), FindingView(request), &findings);
  return findings;
}

TEST(LayoutDiffuseTest, HealthyLungsHaveFineTissueAroundTheirHilaAlone) {
  const LungFindings findings = DiffuseOf(PlainRequest(64));
  EXPECT_THAT(findings.hazes, SizeIs(2));
  EXPECT_THAT(findings.lines, IsEmpty());
  EXPECT_THAT(findings.nets, IsEmpty());
  EXPECT_THAT(findings.places, IsEmpty());
  EXPECT_EQ(findings.air, 1.0);
  EXPECT_EQ(findings.vessels, 1.0);
}

TEST(LayoutDiffuseTest, WorseEdemaHasMoreLinesAndDenserHaze) {
  const LungFindings slight =
      DiffuseOf(With({Finding::kEdema, 0.2, 0}, PlainRequest(64)));
  const LungFindings severe =
      DiffuseOf(With({Finding::kEdema, 0.9, 0}, PlainRequest(64)));
  EXPECT_GT(severe.lines.size(), slight.lines.size());
  EXPECT_GT(severe.hazes.back().amplitude, slight.hazes.back().amplitude);
  EXPECT_THAT(PlacesOf(Finding::kEdema, severe.places), SizeIs(2));
}

TEST(LayoutDiffuseTest, FibrosisIsANetOfItsSideLowInTheLung) {
  const LungFindings findings =
      DiffuseOf(With({Finding::kFibrosis, 0.7, 1}, PlainRequest(64)));
  ASSERT_THAT(findings.nets, SizeIs(1));
  EXPECT_EQ(findings.nets[0].side, 1);
  EXPECT_GT(findings.nets[0].top, PlainAnatomy().apex_y + 0.25);
  EXPECT_THAT(PlacesOf(Finding::kFibrosis, findings.places), SizeIs(1));
}

TEST(LayoutDiffuseTest, InterstitialDiseaseBeginsHigherThanFibrosis) {
  const FilmRequest plain = PlainRequest(64);
  EXPECT_LT(DiffuseOf(With({Finding::kInterstitialDisease, 0.7, 0}, plain))
                .nets[0]
                .top,
            DiffuseOf(With({Finding::kFibrosis, 0.7, 0}, plain)).nets[0].top);
}

TEST(LayoutDiffuseTest, AtelectasisIsPlatesAboveTheDomeOfItsSide) {
  const Anatomy anatomy = PlainAnatomy();
  const LungFindings findings =
      DiffuseOf(With({Finding::kAtelectasis, 0.7, -1}, PlainRequest(64)));
  ASSERT_THAT(findings.lines, Not(IsEmpty()));
  for (const Stroke& plate : findings.lines) {
    EXPECT_LT(plate.points[1].x, 0.5);
    EXPECT_LT(plate.points[1].y, anatomy.dome_y[0]);
    EXPECT_GT(plate.points[1].y, anatomy.dome_y[0] - 0.2);
  }
}

TEST(LayoutDiffuseTest, EmphysemaHasMoreAirAndFewerVessels) {
  const LungFindings findings =
      DiffuseOf(With({Finding::kEmphysema, 1.0, 0}, PlainRequest(64)));
  EXPECT_DOUBLE_EQ(findings.air, 1.12);
  EXPECT_DOUBLE_EQ(findings.vessels, 0.65);
  ASSERT_THAT(findings.bullae, Not(IsEmpty()));
  EXPECT_LT(findings.bullae[0].amplitude, 0.0);
}

}  // namespace
}  // namespace cxr::synth
