// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/report.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/report/report_testing.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

std::vector<std::string> SentencesOf(const ReportContent& content) {
  std::vector<std::string> sentences = content.findings;
  sentences.insert(sentences.end(), content.impression.begin(),
                   content.impression.end());
  return sentences;
}

std::string TextOf(const ReportContent& content) {
  return absl::StrJoin(SentencesOf(content), " ");
}

TEST(ReportTest, HasTheStatesOfItsMentions) {
  for (int i = 0; i < 2000; ++i) {
    const ReportSample sample = SampleOf(i);
    const ReportContent content = ReportOf(sample, i);
    EXPECT_EQ(StatesSaid(SentencesOf(content)).values,
              StatesOf(sample.mentions).values)
        << TextOf(content);
  }
}

TEST(ReportTest, HasTheStatesOfAnyMentions) {
  for (int i = 0; i < 2000; ++i) {
    const ReportSample sample = WildSampleOf(i);
    const ReportContent content = ReportOf(sample, i);
    EXPECT_EQ(StatesSaid(SentencesOf(content)).values,
              StatesOf(sample.mentions).values)
        << TextOf(content);
  }
}

TEST(ReportTest, IsAFunctionOfItsArguments) {
  for (int i = 0; i < 50; ++i) {
    const ReportSample sample = SampleOf(i);
    const std::string once =
        MimicReport(ReportOf(sample, i), true, RandomKey(i));
    EXPECT_EQ(once, MimicReport(ReportOf(sample, i), true, RandomKey(i)));
    EXPECT_NE(
        TextOf(ReportOf(sample, i)) + ReportOf(sample, i).indication,
        TextOf(ReportOf(sample, i + 50)) + ReportOf(sample, i + 50).indication);
  }
}

// Of no generated patient, so that it changes with the grammar alone.
TEST(ReportTest, KeepsItsWordsFromReleaseToRelease) {
  ReportSample sample;
  sample.patient.sex = Sex::kFemale;
  sample.patient.age_years = 70;
  sample.study.setting = Setting::kIntensiveCare;
  sample.study.view = View::kAp;
  sample.study.heart_failure = true;
  sample.study.severity[Finding::kEdema] = 0.5;
  sample.study.severity[Finding::kPleuralEffusion] = 0.2;
  sample.study.side[Finding::kPleuralEffusion] = -1;
  sample.study.devices.Add(Device::kEndotrachealTube, 0);
  sample.study.devices.Add(Device::kJugularLine, 1);
  sample.study.devices.Add(Device::kNasogastricTube, 0);
  sample.mentions[Finding::kEdema] = Mention::kPositive;
  sample.mentions[Finding::kPleuralEffusion] = Mention::kUncertain;
  sample.mentions[Finding::kPneumothorax] = Mention::kNegative;
  sample.mentions[Finding::kCardiomegaly] = Mention::kNegative;
  sample.mentions[Finding::kSupportDevices] = Mention::kPositive;
  EXPECT_EQ(MimicReport(ReportOf(sample, 1), /*oddities=*/true, RandomKey(1)),
            "                                 FINAL REPORT\n"
            " EXAMINATION:  CHEST (AP)\n"
            " \n"
            " INDICATION:  ___ year old woman with shortness of breath. // "
            "evaluate for\n"
            " acute process\n"
            " \n"
            " TECHNIQUE:  Frontal view of the chest.\n"
            " \n"
            " COMPARISON:  None available.\n"
            " \n"
            " FINDINGS: \n"
            " \n"
            " ET tube tip terminates 3 cm above the carina. Left internal "
            "jugular central\n"
            " venous catheter tip is in the mid SVC. Orogastric tube courses "
            "below the\n"
            " diaphragm. The cardiac silhouette is normal. Perihilar haze "
            "represents\n"
            " moderate interstitial edema. A trace right pleural effusion is "
            "possible. There\n"
            " is no evidence of pneumothorax.\n"
            " \n"
            " IMPRESSION: \n"
            " \n"
            " 1. Moderate interstitial edema.\n"
            " 2. Possible trace right pleural effusion.\n"
            " 3. Support devices are in satisfactory position.\n");
}

TEST(ReportTest, ComparesFollowUps) {
  int firsts = 0;
  for (int i = 0; i < 1000; ++i) {
    const bool prior =
        absl::StrContains(ReportOf(SampleOf(i), i).comparison, "___");
    if (i % 2 == 1) {
      EXPECT_TRUE(prior);  // The second study of its patient.
    } else {
      firsts += prior;
    }
  }
  EXPECT_NEAR(firsts, 175, 40);
}

TEST(ReportTest, IsHardlyEverTheSame) {
  std::set<std::string> reports;
  for (int i = 0; i < 1000; ++i) {
    reports.insert(TextOf(ReportOf(SampleOf(i), i)));
  }
  EXPECT_GE(reports.size(), 950u);
}

TEST(ReportTest, HasTheVocabularyOfASmallDecoder) {
  std::set<std::string> words;
  size_t count = 0;
  constexpr int kReports = 3000;
  for (int i = 0; i < kReports; ++i) {
    const std::string report = absl::AsciiStrToLower(
        MimicReport(ReportOf(SampleOf(i), i), true, RandomKey(i)));
    for (const absl::string_view word : absl::StrSplit(
             report, absl::ByAnyChar(" \n.,:()/"), absl::SkipEmpty())) {
      words.insert(std::string(word));
    }
    count += SentencesOf(ReportOf(SampleOf(i), i)).size();
  }
  EXPECT_GE(words.size(), 300u);
  EXPECT_LE(words.size(), 600u);
  EXPECT_GE(count, 4u * kReports);
  EXPECT_LE(count, 12u * kReports);
}

TEST(ReportTest, DoesNotContradictItself) {
  for (int i = 0; i < 2000; ++i) {
    const ReportSample sample = WildSampleOf(i);
    const std::string text = TextOf(ReportOf(sample, i));
    const auto told = [&sample](Finding finding) {
      return sample.mentions[finding] >= Mention::kUncertain;
    };
    EXPECT_FALSE(absl::StrContains(text, "ungs are clear") &&
                 (told(Finding::kLungOpacity) || told(Finding::kMass) ||
                  told(Finding::kConsolidation) || told(Finding::kEdema)))
        << text;
    EXPECT_FALSE(absl::StrContains(text, "Lung volumes are") &&
                 told(Finding::kEmphysema))
        << text;
    EXPECT_FALSE(absl::StrContains(text, "trachea is midline") &&
                 told(Finding::kMediastinalShift))
        << text;
    EXPECT_FALSE(absl::StrContains(text, "No acute") &&
                 absl::StrContains(text, "cardiopulmonary") &&
                 told(Finding::kPneumonia))
        << text;
  }
}

}  // namespace
}  // namespace cxr::synth
