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
      EXPECT_TRUE(Inside(LungOutline(anatomy, 1), nodule.center));
    }
  }
}

}  // namespace
}  // namespace cxr::synth
