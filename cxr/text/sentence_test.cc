// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/sentence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/text/sentence_testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

// The clauses, each as its words.
std::vector<std::string> Clauses(absl::string_view clean) {
  const TestSentence test(clean);
  const Sentence& sentence = test.sentence();
  std::vector<std::string> clauses;
  int first = 0;
  for (int i = 1; i <= sentence.size(); ++i) {
    if (i == sentence.size() || sentence.Clause(i) != sentence.Clause(first)) {
      clauses.push_back(test.Text({first, i}));
      first = i;
    }
  }
  return clauses;
}

TEST(SentenceTest, KnowsPhrasesCuesAndVerbs) {
  const TestSentence test("no pleural fluid is seen");
  const Sentence& sentence = test.sentence();
  EXPECT_EQ(sentence.size(), 5);
  EXPECT_EQ(sentence.WordsIn(sentence.phrases()[0]), (WordRange{1, 3}));
  EXPECT_TRUE(sentence.InPhrase(1));
  EXPECT_TRUE(sentence.InPhrase(2));
  EXPECT_FALSE(sentence.InPhrase(0));
  EXPECT_FALSE(sentence.InPhrase(-1));
  EXPECT_TRUE(sentence.IsVerb(3));
  EXPECT_FALSE(sentence.IsVerb(4));
  ASSERT_NE(sentence.CueAt(0), nullptr);
  EXPECT_EQ(sentence.CueAt(0)->words, "no");
  EXPECT_EQ(sentence.CueAt(1), nullptr);
  EXPECT_TRUE(sentence.AnyPhraseBehind(sentence.cues()[0]));
  EXPECT_FALSE(sentence.AnyPhraseBefore(sentence.cues()[0]));
}

TEST(SentenceTest, KnowsWhatFollowsAndPrecedesInAClause) {
  const TestSentence test("edema is no mass or nodule; no scar");
  const Sentence& sentence = test.sentence();
  const Cue& no = sentence.cues()[0];
  EXPECT_TRUE(sentence.AnyPhraseBefore(no));
  EXPECT_TRUE(sentence.VerbBefore(no, 5));
  EXPECT_FALSE(sentence.VerbBefore(no, 0));
  EXPECT_FALSE(sentence.VerbBefore(no, -1));
  EXPECT_TRUE(sentence.OrFollows(no, 3));
  EXPECT_FALSE(sentence.OrFollows(no, 5));
  EXPECT_FALSE(sentence.OrFollows(no, 6));
  EXPECT_EQ(sentence.LastPhrase(4), 3);
  EXPECT_EQ(sentence.LastPhrase(-1), -1);
  const Cue& other = sentence.cues()[1];
  EXPECT_FALSE(sentence.AnyPhraseBefore(other));
  EXPECT_FALSE(sentence.VerbBefore(other, 7));
  EXPECT_FALSE(TestSentence("edema after mass or scar")
                   .sentence()
                   .OrFollows({.begin = 0, .end = 1}, 0));
}

// "Heart is" mentions the heart, and its verb is none.
TEST(SentenceTest, VerbsWithinPhrasesAreNone) {
  const TestSentence test("heart is large");
  EXPECT_FALSE(test.sentence().IsVerb(1));
}

TEST(SentenceTest, ContrastsBeginClauses) {
  EXPECT_THAT(Clauses("edema is seen but no mass; effusion which is small"),
              ElementsAre("edema is seen", "but no mass", "; effusion",
                          "which is small"));
}

TEST(SentenceTest, AnAndBeforeAnotherVerbBeginsAClause) {
  EXPECT_THAT(Clauses("edema is seen and effusion has resolved"),
              ElementsAre("edema is seen", "and effusion has resolved"));
  EXPECT_THAT(
      Clauses("there is no mass, edema, and the hila are normal"),
      ElementsAre("there is no mass , edema", ", and the hila are normal"));
  EXPECT_THAT(Clauses("edema, mass, and effusion have resolved"),
              ElementsAre("edema , mass , and effusion have resolved"));
  EXPECT_THAT(Clauses("edema may be seen"), ElementsAre("edema may be seen"));
}

}  // namespace
}  // namespace cxr
