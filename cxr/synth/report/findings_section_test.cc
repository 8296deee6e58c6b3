// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/findings_section.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

bool Says(const std::vector<std::string>& sentences, absl::string_view words) {
  return absl::StrContains(absl::StrJoin(sentences, " "), words);
}

TEST(FindingsSectionTest, SaysAllThatIsMentionedAndNothingElse) {
  for (int i = 0; i < 1500; ++i) {
    const ReportSample sample = i % 2 == 0 ? SampleOf(i) : WildSampleOf(i);
    const std::vector<std::string> sentences =
        FindingsSection(FactsOf(sample, i % 3 == 0), RandomKey(i));
    EXPECT_EQ(StatesSaid(sentences).values, StatesOf(sample.mentions).values)
        << absl::StrJoin(sentences, " ");
    EXPECT_THAT(sentences, Not(IsEmpty()));
  }
}

TEST(FindingsSectionTest, CallsLungsClearOnlyIfTheyAre) {
  ReportFacts facts = FactsOf(ReportSample{}, /*has_prior=*/false);
  int clear = 0;
  for (int i = 0; i < 300; ++i) {
    clear += Says(FindingsSection(facts, RandomKey(i)), "ungs are clear");
  }
  EXPECT_NEAR(clear, 210, 30);
  // Neither with a told nor with an overlooked opacity.
  facts.study.severity[Finding::kLungOpacity] = 0.3;
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(Says(FindingsSection(facts, RandomKey(i)), "clear"));
  }
  facts = FactsWith(Finding::kAtelectasis, Mention::kUncertain, 0.05, 1);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(Says(FindingsSection(facts, RandomKey(i)), "clear"));
  }
}

TEST(FindingsSectionTest, CallsBonesIntactOnlyIfTheyAre) {
  for (int i = 0; i < 200; ++i) {
    const ReportFacts facts =
        FactsWith(Finding::kRibFracture, Mention::kPositive, 0.4, i);
    const std::vector<std::string> sentences =
        FindingsSection(facts, RandomKey(i));
    EXPECT_FALSE(Says(sentences, "intact") || Says(sentences, "osseous") ||
                 Says(sentences, "bony"))
        << absl::StrJoin(sentences, " ");
  }
}

TEST(FindingsSectionTest, CallsTheHeartNormalAsADenial) {
  ReportFacts facts = FactsOf(ReportSample{}, /*has_prior=*/false);
  facts.mentions[Finding::kCardiomegaly] = Mention::kNegative;
  std::set<std::string> all;
  for (int i = 0; i < 100; ++i) {
    const std::vector<std::string> sentences =
        FindingsSection(facts, RandomKey(i));
    all.insert(sentences.begin(), sentences.end());
  }
  EXPECT_THAT(all, Contains("Heart size is normal."));
}

TEST(FindingsSectionTest, PutsWhatLooksAlikeIntoOneDoubt) {
  ReportSample sample;
  sample.study.severity[Finding::kAtelectasis] = 0.2;
  sample.study.severity[Finding::kPneumonia] = 0.2;
  sample.study.side[Finding::kAtelectasis] = 1;
  sample.mentions[Finding::kAtelectasis] = Mention::kUncertain;
  sample.mentions[Finding::kPneumonia] = Mention::kUncertain;
  int joined = 0;
  for (int i = 0; i < 200; ++i) {
    const std::vector<std::string> sentences =
        FindingsSection(FactsOf(sample, false), RandomKey(i));
    joined += Says(sentences, "atelectasis versus pneumonia") ||
              Says(sentences, "atelectasis or pneumonia");
  }
  EXPECT_NEAR(joined, 140, 25);
}

TEST(FindingsSectionTest, SpeaksOfVolumeLossUnlessAPneumothoraxPushes) {
  ReportSample sample;
  sample.study.severity[Finding::kMediastinalShift] = 0.5;
  sample.mentions[Finding::kMediastinalShift] = Mention::kPositive;
  const auto has_loss = [&sample](int i) {
    return Says(FindingsSection(FactsOf(sample, false), RandomKey(i)),
                "volume loss");
  };
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(has_loss(i));
  sample.mentions[Finding::kPneumothorax] = Mention::kPositive;
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(has_loss(i));
}

TEST(FindingsSectionTest, ComparesOnlyWithAPriorStudy) {
  int compared = 0;
  for (int i = 0; i < 300; ++i) {
    const ReportSample sample = SampleOf(i);
    EXPECT_FALSE(
        Says(FindingsSection(FactsOf(sample, false), RandomKey(i)), "prior"));
    compared +=
        Says(FindingsSection(FactsOf(sample, true), RandomKey(i)), "prior");
  }
  EXPECT_GT(compared, 90);
}

TEST(FindingsSectionTest, KeepsOtherSentencesIfAFindingIsAdded) {
  ReportFacts facts =
      FactsWith(Finding::kEdema, Mention::kPositive, 0.5, /*variant=*/4);
  std::vector<std::string> before = FindingsSection(facts, RandomKey(1));
  facts = FactsOf({.patient = facts.patient,
                   .study = facts.study,
                   .mentions = facts.mentions},
                  false);
  facts.mentions[Finding::kPneumothorax] = Mention::kPositive;
  const std::vector<std::string> after = FindingsSection(facts, RandomKey(1));
  const auto edema = [](const std::vector<std::string>& sentences) {
    std::vector<std::string> found;
    for (const std::string& sentence : sentences) {
      if (absl::StrContains(sentence, "edema")) found.push_back(sentence);
    }
    return found;
  };
  EXPECT_EQ(edema(before), edema(after));
  EXPECT_EQ(edema(before).size(), 1u);
}

}  // namespace
}  // namespace cxr::synth
