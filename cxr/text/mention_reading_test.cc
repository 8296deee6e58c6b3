// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/mention_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/text/sentence_testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::FieldsAre;

std::vector<MentionReading> Readings(absl::string_view clean) {
  const TestSentence test(clean);
  return ReadMentions(test.sentence());
}

TEST(MentionReadingTest, WhatNothingReachesIsPositive) {
  EXPECT_THAT(Readings("small effusion"),
              ElementsAre(FieldsAre(MentionState::kPositive, "")));
}

TEST(MentionReadingTest, NegationComesBeforeDoubt) {
  EXPECT_THAT(Readings("no opacity to suggest pneumonia"),
              ElementsAre(FieldsAre(MentionState::kNegative, "no"),
                          FieldsAre(MentionState::kNegative, "no")));
}

TEST(MentionReadingTest, SomeDoubtComesBeforeNegation) {
  EXPECT_THAT(Readings("no new effusion"),
              ElementsAre(FieldsAre(MentionState::kUncertain, "no new")));
  EXPECT_THAT(
      Readings("effusion cannot be excluded"),
      ElementsAre(FieldsAre(MentionState::kUncertain, "cannot be excluded")));
}

TEST(MentionReadingTest, AffirmedAlternativesAreDoubted) {
  EXPECT_THAT(Readings("atelectasis or early small pneumonia"),
              ElementsAre(FieldsAre(MentionState::kUncertain, "or"),
                          FieldsAre(MentionState::kUncertain, "or")));
  EXPECT_THAT(Readings("no atelectasis or pneumonia"),
              ElementsAre(FieldsAre(MentionState::kNegative, "no"),
                          FieldsAre(MentionState::kNegative, "no")));
}

TEST(MentionReadingTest, SizesAreOfShapesOnly) {
  EXPECT_THAT(Readings("normal heart size, effusion"),
              ElementsAre(FieldsAre(MentionState::kNegative, "normal"),
                          FieldsAre(MentionState::kPositive, "")));
  EXPECT_THAT(Readings("stable heart size, edema"),
              ElementsAre(FieldsAre(MentionState::kUncertain, "stable"),
                          FieldsAre(MentionState::kPositive, "")));
  EXPECT_THAT(Readings("large heart size, stable"),
              ElementsAre(FieldsAre(MentionState::kPositive, "")));
}

TEST(MentionReadingTest, LargeOutdoesNormalAndStableThroughAJoint) {
  EXPECT_THAT(Readings("heart size is normal to mildly enlarged"),
              ElementsAre(FieldsAre(MentionState::kPositive, "")));
  EXPECT_THAT(Readings("heart size is stable, enlarged"),
              ElementsAre(FieldsAre(MentionState::kPositive, "")));
  EXPECT_THAT(Readings("heart size is stable, enlarged hila"),
              ElementsAre(FieldsAre(MentionState::kUncertain, "stable")));
  EXPECT_THAT(Readings("heart size is normal to not enlarged"),
              ElementsAre(FieldsAre(MentionState::kNegative, "normal")));
}

TEST(MentionReadingTest, NegationAndDoubtReachLargeToo) {
  EXPECT_THAT(Readings("the heart shows no enlargement"),
              ElementsAre(FieldsAre(MentionState::kNegative, "normal")));
  EXPECT_THAT(
      Readings("the heart may be enlarged"),
      ElementsAre(FieldsAre(MentionState::kUncertain, "possibly large")));
}

TEST(MentionReadingTest, CongestionIsUncertainUnlessNegated) {
  EXPECT_THAT(Readings("vascular congestion"),
              ElementsAre(FieldsAre(MentionState::kUncertain, "congestion")));
  EXPECT_THAT(Readings("no vascular congestion"),
              ElementsAre(FieldsAre(MentionState::kNegative, "no")));
}

}  // namespace
}  // namespace cxr
