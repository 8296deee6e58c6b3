// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_opacities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

LungFindings FindingsOf(const FilmRequest& request) {
  return LayOutOpacities(PlainAnatomy(), FindingView(request));
}

TEST(LayoutOpacitiesTest, AHealthyLungHasNoneAndNoPlace) {
  const LungFindings findings = FindingsOf(PlainRequest(64));
  EXPECT_THAT(findings.opacities, IsEmpty());
  EXPECT_THAT(findings.places, IsEmpty());
}

TEST(LayoutOpacitiesTest, CloudsLieInTheLungOfTheirSide) {
  const Anatomy anatomy = PlainAnatomy();
  for (const Finding finding : {Finding::kLungOpacity, Finding::kInfiltration,
                                Finding::kConsolidation, Finding::kPneumonia}) {
    const LungFindings findings =
        FindingsOf(With({finding, 0.6, -1}, PlainRequest(64)));
    ASSERT_THAT(findings.opacities, Not(IsEmpty()));
    for (const Opacity& opacity : findings.opacities) {
      EXPECT_TRUE(Inside(LungOf(anatomy.landmarks, 0), opacity.center));
    }
    EXPECT_THAT(PlacesOf(finding, findings.places),
                SizeIs(findings.opacities.size()));
  }
}

TEST(LayoutOpacitiesTest, LowerOnesLieInTheLowerHalfAndUpperOnesInTheUpper) {
  const Anatomy anatomy = PlainAnatomy();
  const double middle = 0.5 * (anatomy.apex_y + 0.12 + anatomy.dome_y[0]);
  for (int i = 0; i < 40; ++i) {
    for (const Zone zone : {Zone::kUpper, Zone::kLower}) {
      FilmRequest request =
          With({Finding::kLungOpacity, 0.6, -1}, PlainRequest(64));
      request.study.key = request.patient.key.Child("study", i);
      request.study.zone[Finding::kLungOpacity] = zone;
      for (const Opacity& opacity : FindingsOf(request).opacities) {
        EXPECT_EQ(opacity.center.y > middle, zone == Zone::kLower) << i;
      }
    }
  }
}

TEST(LayoutOpacitiesTest, OnBothSidesThereIsOneOnEach) {
  const LungFindings findings =
      FindingsOf(With({Finding::kPneumonia, 0.6, 0}, PlainRequest(64)));
  bool right = false;
  bool left = false;
  for (const Opacity& opacity : findings.opacities) {
    (opacity.center.x < 0.5 ? right : left) = true;
  }
  EXPECT_TRUE(right);
  EXPECT_TRUE(left);
}

TEST(LayoutOpacitiesTest, PlacesAreWhatIsAboveHalfOfThePeakInTheLung) {
  const Anatomy anatomy = PlainAnatomy();
  const LungFindings findings =
      FindingsOf(With({Finding::kConsolidation, 0.6, 1}, PlainRequest(64)));
  ASSERT_EQ(findings.places.size(), findings.opacities.size());
  for (size_t i = 0; i < findings.places.size(); ++i) {
    for (const Point& point : findings.places[i].points) {
      EXPECT_GE(ShareOf(findings.opacities[i], point, 0.0), 0.5);
      EXPECT_TRUE(Inside(LungOf(anatomy.landmarks, 1), point));
    }
  }
}

TEST(LayoutOpacitiesTest, SeverityAndDifficultyScaleTheAmplitude) {
  const FilmRequest slight =
      With({Finding::kLungOpacity, 0.2, 1}, PlainRequest(64));
  const FilmRequest severe =
      With({Finding::kLungOpacity, 0.9, 1}, PlainRequest(64));
  FilmRequest hard = severe;
  hard.style.difficulty = 0.5;
  const double amplitude = FindingsOf(severe).opacities[0].amplitude;
  EXPECT_LT(FindingsOf(slight).opacities[0].amplitude, 0.6 * amplitude);
  EXPECT_DOUBLE_EQ(FindingsOf(hard).opacities[0].amplitude, 0.5 * amplitude);
}

TEST(LayoutOpacitiesTest, BronchiAreFaintBentAndFadeAtTheirEnds) {
  const LungFindings findings =
      FindingsOf(With({Finding::kConsolidation, 0.6, 1}, PlainRequest(64)));
  ASSERT_EQ(findings.bronchi.size() % 3, 0u);
  for (size_t i = 0; i < findings.bronchi.size(); i += 3) {
    const std::vector<Point>& half = findings.bronchi[i].points;
    const std::vector<Point>& whole = findings.bronchi[i + 2].points;
    EXPECT_LT(half.size(), 0.6 * whole.size());
    EXPECT_GT(3.0 * findings.bronchi[i].amplitude,
              -0.3 * findings.opacities[0].amplitude);
    // How far the middle lies off the line between the ends.
    const Point middle = whole[whole.size() / 2];
    const double x = whole.back().x - whole[0].x;
    const double y = whole.back().y - whole[0].y;
    EXPECT_GT(
        std::fabs(x * (middle.y - whole[0].y) - y * (middle.x - whole[0].x)),
        1e-6);
  }
}

TEST(LayoutOpacitiesTest, OnlyConsolidationShowsAirInItsBronchi) {
  const FilmRequest plain = PlainRequest(64);
  EXPECT_THAT(
      FindingsOf(With({Finding::kConsolidation, 0.6, 1}, plain)).bronchi,
      Not(IsEmpty()));
  EXPECT_THAT(FindingsOf(With({Finding::kLungOpacity, 0.6, 1}, plain)).bronchi,
              IsEmpty());
}

}  // namespace
}  // namespace cxr::synth
