// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/cue_reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/text/sentence_testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What the last cue of the sentence reaches, empty ranges left out.
std::vector<std::string> Reached(absl::string_view clean) {
  const TestSentence test(clean);
  std::vector<std::string> reached;
  for (const WordRange& range :
       ReachOf(test.sentence(), test.sentence().cues().back())) {
    if (range.first < range.last) {
      reached.push_back(test.Text(range));
    }
  }
  return reached;
}

TEST(CueReachTest, NegationReachesAllOfAList) {
  EXPECT_THAT(Reached("there is no edema, mass or effusion in the lungs"),
              ElementsAre("edema , mass or effusion in the lungs"));
  EXPECT_THAT(Reached("no edema and mass"), ElementsAre("edema and mass"));
  EXPECT_THAT(Reached("no edema, small mass, or effusion"),
              ElementsAre("edema , small mass , or effusion"));
}

TEST(CueReachTest, NegationEndsAtWithAndAtWhatAffirms) {
  EXPECT_THAT(Reached("no edema with effusion"), ElementsAre("edema"));
  EXPECT_THAT(Reached("no edema after drain placement"), ElementsAre("edema"));
  EXPECT_THAT(Reached("no edema, mild effusion"), ElementsAre("edema"));
  EXPECT_THAT(Reached("no edema, and small mass"), ElementsAre("edema"));
}

TEST(CueReachTest, AnAdjectiveOfDoubtReachesOneItem) {
  EXPECT_THAT(Reached("possible edema and mass"), ElementsAre("edema"));
  EXPECT_THAT(Reached("possible edema, mass"), ElementsAre("edema"));
  EXPECT_THAT(Reached("possible edema, mass, or effusion"),
              ElementsAre("edema , mass , or effusion"));
}

TEST(CueReachTest, WhatIsGoneGoesOnToBareItems) {
  EXPECT_THAT(Reached("removal of the tube and old wires"),
              ElementsAre("the tube"));
  EXPECT_THAT(Reached("removal of the chest tube and nasogastric tube"),
              ElementsAre("the chest tube and nasogastric tube"));
  EXPECT_THAT(Reached("history of edema, mass, and effusion"),
              ElementsAre("edema , mass , and effusion"));
  EXPECT_THAT(Reached("history of edema and it is gone"), ElementsAre("edema"));
  EXPECT_THAT(Reached("removal of tube and placement of catheter"),
              ElementsAre("tube"));
  EXPECT_THAT(Reached("edema rather than mass and effusion"),
              ElementsAre("mass"));
}

TEST(CueReachTest, ACauseIsPartOfWhatPrecedes) {
  EXPECT_THAT(Reached("mass secondary to edema and effusion"),
              ElementsAre("edema and effusion"));
  EXPECT_THAT(Reached("mass secondary to edema has resolved"),
              ElementsAre("mass secondary to edema has"));
}

TEST(CueReachTest, AVerbOfDoubtReachesItsObjects) {
  EXPECT_THAT(Reached("haze may reflect edema and mass"),
              ElementsAre("reflect edema and mass"));
}

TEST(CueReachTest, WhatPrecedesIsReachedInAList) {
  EXPECT_THAT(Reached("edema, mass, or effusion cannot be excluded"),
              ElementsAre("edema , mass , or effusion"));
  EXPECT_THAT(Reached("opacity, edema cannot be excluded"),
              ElementsAre("edema"));
  EXPECT_THAT(Reached("there is edema and mass cannot be excluded"),
              ElementsAre("and mass"));
  EXPECT_THAT(Reached("opacity with edema cannot be excluded"),
              ElementsAre("edema"));
}

TEST(CueReachTest, SomeCuesStandOnEitherSide) {
  EXPECT_THAT(Reached("resolved edema"), ElementsAre("edema"));
  EXPECT_THAT(Reached("the edema has now resolved"),
              ElementsAre("the edema has now"));
  EXPECT_THAT(Reached("mass with resolved edema"), ElementsAre("edema"));
  EXPECT_THAT(Reached("there is possible edema"), ElementsAre("edema"));
  EXPECT_THAT(Reached("edema: no"), ElementsAre("edema :"));
  EXPECT_THAT(Reached("edema versus mass"), ElementsAre("edema", "mass"));
  EXPECT_THAT(Reached("edema is probably there"), ElementsAre("edema is"));
}

TEST(CueReachTest, AClauseOfLinksSpeaksOfWhatPrecedesIt) {
  EXPECT_THAT(Reached("small pleural fluid which has resolved"),
              ElementsAre("which has", "pleural fluid"));
  EXPECT_THAT(Reached("edema but the left base is not well seen"),
              ElementsAre("but the left base is"));
}

TEST(CueReachTest, CuesOfSizeReachNothing) {
  EXPECT_THAT(Reached("the heart is normal"), IsEmpty());
}

}  // namespace
}  // namespace cxr
