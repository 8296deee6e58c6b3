// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/impression_section.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(ImpressionSectionTest, HasOneToFourPoints) {
  for (int i = 0; i < 500; ++i) {
    const ReportSample sample = i % 2 == 0 ? SampleOf(i) : WildSampleOf(i);
    EXPECT_THAT(ImpressionSection(FactsOf(sample, false), RandomKey(i)),
                SizeIs(AllOf(Ge(1u), Le(size_t{kMostPoints}))));
  }
}

TEST(ImpressionSectionTest, SaysNothingThatFindingsDoNot) {
  for (int i = 0; i < 1000; ++i) {
    const ReportSample sample = i % 2 == 0 ? SampleOf(i) : WildSampleOf(i);
    const std::vector<std::string> points =
        ImpressionSection(FactsOf(sample, i % 3 == 0), RandomKey(i));
    const ChexpertStates said = StatesSaid(points);
    const ChexpertStates expected = StatesOf(sample.mentions);
    for (int label = 1; label < 14; ++label) {
      if (said.values[label] == Mention::kNone) continue;
      // A label's weaker finding may stand among the points without the
      // stronger.
      const bool doubted = said.values[label] == Mention::kUncertain &&
                           expected.values[label] == Mention::kPositive;
      EXPECT_TRUE(doubted || said.values[label] == expected.values[label])
          << kChexpertLabels[label] << ": " << absl::StrJoin(points, " ");
    }
  }
}

TEST(ImpressionSectionTest, SaysThatNothingIsAcute) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_THAT(
        ImpressionSection(FactsOf(ReportSample{}, false), RandomKey(i))[0],
        StartsWith("No acute "));
  }
  int none_acute = 0;
  for (int i = 0; i < 300; ++i) {
    const ReportFacts chronic =
        FactsWith(Finding::kHernia, Mention::kPositive, 0.5, i);
    const std::string text =
        absl::StrJoin(ImpressionSection(chronic, RandomKey(i)), " ");
    none_acute += absl::StrContains(text, "No acute");
    EXPECT_TRUE(absl::StrContains(text, "hernia")) << text;
    const ReportFacts acute =
        FactsWith(Finding::kPneumonia, Mention::kUncertain, 0.3, i);
    EXPECT_FALSE(absl::StrContains(
        absl::StrJoin(ImpressionSection(acute, RandomKey(i)), " "),
        "No acute"));
  }
  EXPECT_NEAR(none_acute, 180, 35);
}

TEST(ImpressionSectionTest, PutsTheUrgentAndTheSureFirst) {
  ReportSample sample;
  for (const Finding finding :
       {Finding::kHernia, Finding::kNodule, Finding::kPneumothorax}) {
    sample.study.severity[finding] = 0.5;
    sample.mentions[finding] = Mention::kPositive;
  }
  sample.mentions[Finding::kPneumonia] = Mention::kUncertain;
  for (int i = 0; i < 20; ++i) {
    const std::vector<std::string> points =
        ImpressionSection(FactsOf(sample, false), RandomKey(i));
    ASSERT_THAT(points, SizeIs(4));
    EXPECT_TRUE(absl::StrContains(points[0], "pneumothora")) << points[0];
    EXPECT_TRUE(absl::StrContains(points[1], "nodule")) << points[1];
    EXPECT_EQ(StatesSaid({points[2]}).values[7], Mention::kUncertain);
    EXPECT_TRUE(absl::StrContains(points[3], "hernia")) << points[3];
  }
}

TEST(ImpressionSectionTest, NamesPairsInOneBreath) {
  ReportSample sample;
  for (const Finding finding :
       {Finding::kPleuralEffusion, Finding::kAtelectasis}) {
    sample.study.severity[finding] = 0.5;
    sample.study.side[finding] = 1;
    sample.mentions[finding] = Mention::kPositive;
  }
  int pairs = 0;
  for (int i = 0; i < 200; ++i) {
    pairs +=
        ImpressionSection(FactsOf(sample, false), RandomKey(i)).size() == 1u;
  }
  EXPECT_NEAR(pairs, 100, 25);
}

}  // namespace
}  // namespace cxr::synth
