// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/report_facts.h"

#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

TEST(ReportFactsTest, TellsWhatIsAffirmedOrDoubted) {
  ReportFacts facts;
  EXPECT_FALSE(IsTold(facts, Finding::kEdema));
  facts.mentions[Finding::kEdema] = Mention::kNegative;
  EXPECT_FALSE(IsTold(facts, Finding::kEdema));
  facts.mentions[Finding::kEdema] = Mention::kUncertain;
  EXPECT_TRUE(IsTold(facts, Finding::kEdema));
  facts.mentions[Finding::kEdema] = Mention::kPositive;
  EXPECT_TRUE(IsTold(facts, Finding::kEdema));
}

TEST(ReportFactsTest, IsQuietWhereNothingIsToldNorThere) {
  ReportFacts facts;
  EXPECT_TRUE(IsQuiet(facts, {Finding::kEdema, Finding::kMass}));
  facts.mentions[Finding::kMass] = Mention::kNegative;
  facts.study.severity[Finding::kMass] = kPresentFrom - 0.01;
  EXPECT_TRUE(IsQuiet(facts, {Finding::kEdema, Finding::kMass}));
  facts.study.severity[Finding::kMass] = kPresentFrom;
  EXPECT_FALSE(IsQuiet(facts, {Finding::kEdema, Finding::kMass}));
  EXPECT_TRUE(IsQuiet(facts, {Finding::kEdema}));
  facts.mentions[Finding::kEdema] = Mention::kUncertain;
  EXPECT_FALSE(IsQuiet(facts, {Finding::kEdema}));
}

TEST(ReportFactsTest, DeniesNothingBesideATellingOfTheSameLabel) {
  Mentions mentions;
  mentions[Finding::kNodule] = Mention::kNegative;
  mentions[Finding::kEdema] = Mention::kNegative;
  mentions[Finding::kCyst] = Mention::kNegative;
  EXPECT_TRUE(DeniedOf(mentions)[Finding::kNodule]);
  mentions[Finding::kMass] = Mention::kUncertain;
  mentions[Finding::kHernia] = Mention::kPositive;
  const PerFinding<bool> denied = DeniedOf(mentions);
  EXPECT_FALSE(denied[Finding::kNodule]);
  EXPECT_FALSE(denied[Finding::kMass]);
  EXPECT_TRUE(denied[Finding::kEdema]);
  // Of no label, so that no other of it can be told.
  EXPECT_TRUE(denied[Finding::kCyst]);
}

}  // namespace
}  // namespace cxr::synth
