// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/iu_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <set>

#include "cxr/synth/patient/finding.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(IuTermsTest, PositiveMentionsAreIndexed) {
  Mentions mentions;
  Study study;
  mentions[Finding::kPleuralEffusion] = Mention::kPositive;
  study.severity[Finding::kPleuralEffusion] = 0.2;
  study.side[Finding::kPleuralEffusion] = 1;
  mentions[Finding::kNodule] = Mention::kPositive;
  study.severity[Finding::kNodule] = 0.5;
  study.side[Finding::kNodule] = -1;
  mentions[Finding::kEdema] = Mention::kUncertain;
  mentions[Finding::kPneumothorax] = Mention::kNegative;
  const IuTerms terms = IuTermsOf(mentions, study);
  EXPECT_THAT(terms.major,
              ElementsAre("Nodule/lung/right", "Pleural Effusion/left/mild"));
  EXPECT_THAT(terms.automatic, ElementsAre("nodule", "pleural effusion"));
}

TEST(IuTermsTest, NothingPositiveIsNormal) {
  Mentions mentions;
  mentions[Finding::kPneumothorax] = Mention::kNegative;
  const IuTerms terms = IuTermsOf(mentions, Study());
  EXPECT_THAT(terms.major, ElementsAre("normal"));
  EXPECT_THAT(terms.automatic, IsEmpty());
}

TEST(IuTermsTest, EveryFindingHasATermOfItsOwn) {
  std::set<std::string> terms;
  for (int i = 0; i < kFindings; ++i) {
    Mentions mentions;
    Study study;
    mentions[FindingAt(i)] = Mention::kPositive;
    study.severity[FindingAt(i)] = 0.5;
    terms.insert(IuTermsOf(mentions, study).major[0]);
  }
  EXPECT_EQ(terms.size(), size_t{kFindings});
}

}  // namespace
}  // namespace cxr::synth
