// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/clean_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> SentencesOf(absl::string_view report) {
  const std::string clean = CleanReport(report);
  std::vector<std::string> sentences;
  for (const TextSpan& span : Sentences(clean)) {
    sentences.push_back(clean.substr(span.begin, span.end - span.begin));
  }
  return sentences;
}

TEST(CleanReportTest, LowersAndCollapses) {
  EXPECT_EQ(CleanReport("  The Heart\t is\n\x0b Big "), "the heart is big");
  EXPECT_EQ(CleanReport(""), "");
  EXPECT_EQ(CleanReport(" \n"), "");
}

TEST(CleanReportTest, SpacesFollowPeriodsAndCommas) {
  EXPECT_EQ(CleanReport("a,b.c"), "a, b. c");
  EXPECT_EQ(CleanReport("at 7:34 p.m.. heart"), "at 7:34 p. m. heart");
  EXPECT_EQ(CleanReport("end. . . next..."), "end. next.");
}

TEST(CleanReportTest, SlashesBetweenLettersAreOr) {
  EXPECT_EQ(CleanReport("edema and/or pneumonia"), "edema or pneumonia");
  EXPECT_EQ(CleanReport("atelectasis/scar/mass"),
            "atelectasis or scar or mass");
  EXPECT_EQ(CleanReport("on 3/4 at a/2"), "on 3/4 at a/2");
  EXPECT_EQ(CleanReport("a/ /b"), "a/ /b");
}

TEST(CleanReportTest, ShortFormsAreWrittenOut) {
  EXPECT_EQ(CleanReport("w/o edema, S/P CABG. R/O mass"),
            "without edema, status post cabg. rule out mass");
  EXPECT_EQ(CleanReport("Can't see; it doesn't, patient's can'ts"),
            "cannot see; it does not, patient's can'ts");
  EXPECT_EQ(CleanReport("low/over"), "low or over");
  EXPECT_EQ(CleanReport("w/other"), "w or other");
}

TEST(CleanReportTest, ListsAndEmptyLinesEndSentences) {
  EXPECT_EQ(CleanReport("effusion\n \n edema"), "effusion. edema");
  EXPECT_EQ(CleanReport("Impression:\n\n normal"), "impression: normal");
  EXPECT_EQ(CleanReport("effusion\n 2. edema\n - mass"),
            "effusion. 2. edema. - mass");
  EXPECT_EQ(CleanReport("line\n one"), "line one");
  EXPECT_EQ(CleanReport("effusion\n\n"), "effusion");
}

TEST(SentencesTest, EndWithAPeriodOrAMark) {
  EXPECT_THAT(SentencesOf("No edema.No mass! Effusion? Yes"),
              ElementsAre("no edema.", "no mass!", "effusion?", "yes"));
  EXPECT_THAT(SentencesOf(""), IsEmpty());
}

TEST(SentencesTest, GoOnWithinNumbersAndAbbreviations) {
  EXPECT_THAT(SentencesOf("A 3.5 cm mass at 7 p.m. seen. Next"),
              ElementsAre("a 3. 5 cm mass at 7 p. m. seen.", "next"));
  EXPECT_THAT(SentencesOf("Atelectasis vs. pneumonia. Dr. X"),
              ElementsAre("atelectasis vs. pneumonia.", "dr. x"));
}

TEST(SentencesTest, NumbersOfListsStandAlone) {
  EXPECT_THAT(SentencesOf("1. Edema. 2. 3 mm nodule."),
              ElementsAre("1.", "edema.", "2.", "3 mm nodule."));
}

TEST(SentencesTest, AMarkBeforeAWordEndsNothing) {
  EXPECT_THAT(SentencesOf("Opacity ?pneumonia. ? mass"),
              ElementsAre("opacity ?pneumonia.", "? mass"));
}

}  // namespace
}  // namespace cxr
