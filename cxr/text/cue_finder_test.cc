// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/cue_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cxr/text/clause_words.h"
#include "cxr/text/own_cue_phrases.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Texts(absl::string_view sentence) {
  std::vector<std::string> texts;
  for (const Word& word : WordsOf(sentence, {0, sentence.size()})) {
    texts.emplace_back(word.text);
  }
  return texts;
}

std::vector<std::string> Cues(absl::string_view sentence) {
  std::vector<std::string> cues;
  for (const Cue& cue :
       CueFinder().Find(WordsOf(sentence, {0, sentence.size()}))) {
    cues.emplace_back(cue.words);
  }
  return cues;
}

TEST(WordsOfTest, PunctuationStandsAlone) {
  EXPECT_THAT(
      Texts("no edema, (mild) mass; 7:34 end."),
      ElementsAre("no", "edema", ",", "mild", "mass", ";", "7:34", "end"));
  EXPECT_THAT(Texts("effusion: none"), ElementsAre("effusion", ":", "none"));
  EXPECT_THAT(Texts("?pneumonia - \"seen\""),
              ElementsAre("?", "pneumonia", ";", "seen"));
  EXPECT_THAT(Texts(""), IsEmpty());
}

TEST(WordsOfTest, HyphensJoinWords) {
  EXPECT_THAT(Texts("air-space air- filled patient's"),
              ElementsAre("air-space", "air", ";", "filled", "patient's"));
}

TEST(WordsOfTest, SpansLieInTheWholeText) {
  const absl::string_view clean = "one. no edema.";
  const std::vector<Word> words = WordsOf(clean, {5, clean.size()});
  ASSERT_EQ(words.size(), 2);
  EXPECT_EQ(words[1].span, (TextSpan{8, 13}));
}

TEST(WordsOfTest, ThereIsAMost) {
  const std::string marks(2 * kMostWords, '?');
  EXPECT_EQ(Texts(marks).size(), kMostWords);
  EXPECT_EQ(Texts(marks.substr(0, kMostWords)).size(), kMostWords);
  EXPECT_EQ(Texts(marks.substr(1, kMostWords - 1)).size(), kMostWords - 1);
}

TEST(CueFinderTest, TheLongestCounts) {
  EXPECT_THAT(Cues("pneumonia cannot be excluded"),
              ElementsAre("cannot be excluded"));
  EXPECT_THAT(Cues("edema is no longer seen, no mass"),
              ElementsAre("no longer", "no"));
  EXPECT_THAT(Cues("may be present or may reflect"),
              ElementsAre("may be present", "may"));
}

TEST(CueFinderTest, FillersMayStandBetween) {
  EXPECT_THAT(Cues("it is not definitely seen"), ElementsAre("not seen"));
  EXPECT_THAT(Cues("no significant interval change"), ElementsAre("no change"));
  EXPECT_THAT(Cues("may also be present"), ElementsAre("may be present"));
  EXPECT_THAT(Cues("no pleural change"), ElementsAre("no"));
  EXPECT_THAT(Cues("no significant"), ElementsAre("no"));
}

TEST(CueFinderTest, NoPhraseStandsTwiceInItsTables) {
  std::vector<CuePhrase> all(std::begin(kCuePhrases), std::end(kCuePhrases));
  all.insert(all.end(), std::begin(kOwnCuePhrases), std::end(kOwnCuePhrases));
  std::set<absl::string_view> seen;
  for (const CuePhrase& cue : all) {
    EXPECT_TRUE(seen.insert(cue.words).second) << cue.words;
    EXPECT_THAT(Cues(cue.words), ElementsAre(cue.words));
  }
}

}  // namespace
}  // namespace cxr
