// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/phrase_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// "Label: words" of all that is found.
std::vector<std::string> Found(absl::string_view clean) {
  const PhraseFinder finder;
  std::vector<std::string> found;
  for (const FoundPhrase& phrase : finder.Find(clean)) {
    found.push_back(absl::StrCat(
        kFindingLabelNames[static_cast<int>(phrase.label)], ": ",
        clean.substr(phrase.span.begin, phrase.span.end - phrase.span.begin)));
  }
  return found;
}

TEST(PhraseFinderTest, FindsWholeWordsInOrder) {
  EXPECT_THAT(
      Found("small effusions, bibasilar atelectasis. opacification"),
      ElementsAre("Pleural Effusion: effusions", "Atelectasis: atelectasis",
                  "Lung Opacity: opacification"));
  EXPECT_THAT(Found("lungs are clear"), IsEmpty());
  EXPECT_THAT(Found(""), IsEmpty());
}

TEST(PhraseFinderTest, FindsEveryPhraseOfItsTables) {
  for (const FindingPhrase& phrase : kMentionPhrases) {
    const std::string words = std::string(phrase.text);
    const std::string bare(words.begin() + (words.front() == '_' ? 1 : 0),
                           words.end() - (words.back() == '_' ? 1 : 0));
    EXPECT_THAT(Found(absl::StrCat("x ", bare, " x")),
                ::testing::Contains(::testing::StartsWith(absl::StrCat(
                    kFindingLabelNames[static_cast<int>(phrase.label)], ": "))))
        << words;
  }
  for (const absl::string_view other : kOtherFindings) {
    EXPECT_THAT(Found(other),
                ::testing::Contains(::testing::StartsWith("No Finding: ")))
        << other;
  }
}

TEST(PhraseFinderTest, APhraseOftenIsFoundOften) {
  EXPECT_THAT(Found("effusion and effusion"), SizeIs(2));
}

TEST(PhraseFinderTest, TheEndsOfWordsCountWhereThePhraseSaysSo) {
  EXPECT_THAT(Found("pneumomediastinum"),
              ElementsAre("No Finding: pneumomediastinum"));
  EXPECT_THAT(Found("the mediastinum"),
              ElementsAre("Enlarged Cardiomediastinum: mediastinum"));
  EXPECT_THAT(Found("picc line."),
              ElementsAre("Support Devices: picc", "Support Devices: line"));
  EXPECT_THAT(Found("linear drainage"), IsEmpty());
}

TEST(PhraseFinderTest, OfOneLabelsOverlapsTheLongestStays) {
  EXPECT_THAT(Found("an infectious process"),
              ElementsAre("Pneumonia: infectious process"));
  EXPECT_THAT(Found("the heart size"), ElementsAre("Cardiomegaly: heart size"));
  EXPECT_THAT(
      Found("a nodular opacity"),
      ElementsAre("Lung Lesion: nodular opacity", "Lung Opacity: opacity"));
}

TEST(PhraseFinderTest, OfAnEndlessWordAPartIsFound) {
  const std::string long_word =
      absl::StrCat(std::string(100, 'x'), "edema", std::string(100, 'y'));
  EXPECT_THAT(Found(long_word),
              ElementsAre(absl::StrCat("Edema: ", std::string(64, 'x'), "edema",
                                       std::string(64, 'y'))));
}

TEST(PhraseFinderTest, UnmentionPhrasesAreNone) {
  EXPECT_THAT(Found("a pericardial effusion"), IsEmpty());
  EXPECT_THAT(Found("a massive effusion"),
              ElementsAre("Pleural Effusion: effusion"));
  EXPECT_THAT(Found("calcified nodules"), ElementsAre("No Finding: calcified"));
  EXPECT_THAT(Found("pleural scarring"),
              ElementsAre("Pleural Other: pleural scarring"));
  EXPECT_THAT(Found("nodule, calcified nodule, massive nodule, pericardial "
                    "effusion, effusion"),
              ElementsAre("Lung Lesion: nodule", "No Finding: calcified",
                          "Lung Lesion: nodule", "Pleural Effusion: effusion"));
  EXPECT_THAT(Found("tuberculosis and plate-like atelectasis"),
              ElementsAre("Atelectasis: atelectasis"));
}

TEST(PhraseFinderTest, PlacesAreNone) {
  EXPECT_THAT(Found("a lead over the left cardiac silhouette"), IsEmpty());
  EXPECT_THAT(Found("air in the mediastinum"), IsEmpty());
  EXPECT_THAT(Found("a clip over the heart"), IsEmpty());
  EXPECT_THAT(Found("cardiomegaly in the cardiomegaly"), SizeIs(2));
}

}  // namespace
}  // namespace cxr
