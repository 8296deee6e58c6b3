// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/padchest_report.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

std::set<std::string> ReportsOn(Finding finding, Mention mention) {
  Mentions mentions;
  mentions[finding] = mention;
  std::set<std::string> reports;
  for (int i = 0; i < 300; ++i) {
    reports.insert(PadchestReport(Study(), mentions, RandomKey(i)));
  }
  return reports;
}

TEST(PadchestReportTest, SaysWhatIsMentionedAndHow) {
  for (const std::string& report :
       ReportsOn(Finding::kHernia, Mention::kPositive)) {
    EXPECT_THAT(report, MatchesRegex("(se observ )?herni hiat \\.( .* \\.)?"));
  }
  for (const std::string& report :
       ReportsOn(Finding::kHernia, Mention::kUncertain)) {
    EXPECT_THAT(report, MatchesRegex("((posibl|sugest) herni hiat|herni hiat a "
                                     "descart) \\.( .* \\.)?"));
  }
  for (const std::string& report :
       ReportsOn(Finding::kHernia, Mention::kNegative)) {
    EXPECT_THAT(report, MatchesRegex("(sin hallazg (patolog|signific)|torax "
                                     "sin alter|estudi dentr normal) \\. "
                                     "(sin|no|no se observ) herni hiat \\."));
  }
}

TEST(PadchestReportTest, NamesEachFinding) {
  std::set<std::string> names;
  for (int i = 0; i < kFindings; ++i) {
    const std::set<std::string> reports =
        ReportsOn(FindingAt(i), Mention::kPositive);
    EXPECT_FALSE(absl::StrContains(*reports.begin(), "normal"));
    names.insert(*reports.begin());
  }
  EXPECT_EQ(names.size(), size_t{kFindings});
}

TEST(PadchestReportTest, CallsTheRestNormal) {
  EXPECT_THAT(ReportsOn(Finding::kHernia, Mention::kNone),
              ElementsAre("estudi dentr normal .", "sin hallazg patolog .",
                          "sin hallazg signific .", "torax sin alter ."));
}

TEST(PadchestReportTest, HasOnlyLowerCaseWordsAndFullStops) {
  for (int i = 0; i < 500; ++i) {
    const ReportSample sample = WildSampleOf(i);
    const std::string report =
        PadchestReport(sample.study, sample.mentions, RandomKey(i));
    EXPECT_THAT(report, MatchesRegex("([a-z]+ )+\\.( ([a-z]+ )+\\.)*"));
  }
}

TEST(PadchestReportTest, NamesTheDevicesOfTheStudy) {
  Mentions mentions;
  mentions[Finding::kSupportDevices] = Mention::kPositive;
  Study study;
  study.devices.Add(Device::kPacemaker, 1);
  for (int i = 0; i < 100; ++i) {
    const std::string report = PadchestReport(study, mentions, RandomKey(i));
    EXPECT_TRUE(absl::StrContains(report, "marcapas")) << report;
    EXPECT_FALSE(absl::StrContains(report, "cateter")) << report;
  }
  study.devices.Add(Device::kJugularLine, -1);
  EXPECT_TRUE(absl::StrContains(PadchestReport(study, mentions, RandomKey(1)),
                                "cateter ven central yugul marcapas"));
}

}  // namespace
}  // namespace cxr::synth
