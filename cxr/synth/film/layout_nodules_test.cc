// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_nodules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/raster/fill.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

LungFindings NodulesOf(const Added& added) {
  const FilmRequest request = With(added, PlainRequest(64));
  LungFindings findings;
  AddNodules(PlainAnatomy(), FindingView(request), &findings);
  return findings;
}

TEST(LayoutNodulesTest, NodulesAreSmallerThanMasses) {
  const LungFindings nodule = NodulesOf({Finding::kNodule, 1.0, 1});
  const LungFindings mass = NodulesOf({Finding::kMass, 0.1, 1});
  ASSERT_THAT(nodule.nodules, SizeIs(1));
  ASSERT_THAT(mass.nodules, SizeIs(1));
  // 2 of about 33 cm is the border between the two: 3 cm across is a mass.
  EXPECT_LT(nodule.nodules[0].radius, 0.020);
  EXPECT_GT(mass.nodules[0].radius, 0.020);
  EXPECT_EQ(mass.nodules[0].wall, 1.0);
}

TEST(LayoutNodulesTest, CavitiesAndCystsAreHollow) {
  EXPECT_LT(NodulesOf({Finding::kCavity, 0.5, 1}).nodules[0].wall, 0.5);
  EXPECT_LT(NodulesOf({Finding::kCyst, 0.5, 1}).nodules[0].wall, 0.2);
}

TEST(LayoutNodulesTest, CalcificationsAreSmallAndDense) {
  const LungFindings findings = NodulesOf({Finding::kCalcification, 0.5, -1});
  ASSERT_THAT(findings.dots, Not(IsEmpty()));
  EXPECT_LT(findings.dots[0].radius, 0.012);
  EXPECT_GT(findings.dots[0].amplitude, 0.2);
}

TEST(LayoutNodulesTest, TuberculosisIsAClusterInTheUpperLung) {
  const LungFindings findings = NodulesOf({Finding::kTuberculosis, 0.5, 1});
  EXPECT_GE(findings.opacities.size(), 4u);
  ASSERT_THAT(findings.nodules, SizeIs(1));
  EXPECT_LT(findings.nodules[0].center.y, PlainAnatomy().apex_y + 0.2);
}

TEST(LayoutNodulesTest, EachHasOnePlaceAroundItInItsLung) {
  const Anatomy anatomy = PlainAnatomy();
  for (const Finding finding :
       {Finding::kNodule, Finding::kMass, Finding::kCavity, Finding::kCyst,
        Finding::kCalcification, Finding::kTuberculosis}) {
    const LungFindings findings = NodulesOf({finding, 0.5, 1});
    ASSERT_THAT(findings.places, SizeIs(1)) << FindingName(finding);
    EXPECT_EQ(findings.places[0].finding, finding);
    for (const Nodule& nodule : findings.nodules) {
      EXPECT_TRUE(Inside(LungOf(anatomy.landmarks, 1), nodule.center));
    }
  }
}

TEST(LayoutNodulesTest, StayInPlaceOverAPatientsStudies) {
  const auto center = [](Finding finding, int number) {
    FilmRequest request = With({finding, 0.5, 1}, PlainRequest(64));
    request.study.key = request.patient.key.Child("study", number);
    LungFindings findings;
    AddNodules(PlainAnatomy(), FindingView(request), &findings);
    return findings.places[0].points[0];
  };
  for (const Finding finding :
       {Finding::kNodule, Finding::kMass, Finding::kCavity, Finding::kCyst,
        Finding::kCalcification, Finding::kTuberculosis}) {
    EXPECT_EQ(center(finding, 0).x, center(finding, 1).x);
    EXPECT_EQ(center(finding, 0).y, center(finding, 1).y);
  }
}

TEST(LayoutNodulesTest, LieInTheirZone) {
  const Anatomy anatomy = PlainAnatomy();
  for (const Zone zone : {Zone::kUpper, Zone::kLower}) {
    FilmRequest request = With({Finding::kNodule, 0.5, 1}, PlainRequest(64));
    request.study.zone[Finding::kNodule] = zone;
    LungFindings findings;
    AddNodules(anatomy, FindingView(request), &findings);
    EXPECT_EQ(findings.nodules[0].center.y >
                  0.5 * (anatomy.apex_y + anatomy.dome_y[1]),
              zone == Zone::kLower);
  }
}

}  // namespace
}  // namespace cxr::synth
