// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/mimic_report.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kMargin(33, ' ');

ReportContent SmallContent() {
  return {.examination = "CHEST (PORTABLE AP)",
          .indication = "___ year old man with cough.",
          .technique = "Portable AP view of the chest.",
          .comparison = "None.",
          .findings = {"Lungs are clear.", "Heart size is normal."},
          .impression = {"No acute cardiopulmonary process."}};
}

std::vector<std::string> LinesOf(const std::string& report) {
  std::vector<std::string> lines = absl::StrSplit(report, '\n');
  EXPECT_EQ(lines.back(), "");
  lines.pop_back();
  return lines;
}

// One space between words, wherever lines end.
std::string Flat(absl::string_view report) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(report, absl::ByAnyChar(" \n"), absl::SkipEmpty());
  return absl::StrJoin(words, " ");
}

TEST(MimicReportTest, HasTheFormOfTheFiles) {
  std::string report =
      MimicReport(SmallContent(), /*oddities=*/false, RandomKey(1));
  report =
      absl::StrReplaceAll(report, {{" // evaluate for acute process", ""},
                                   {" // evaluate for interval change", ""}});
  EXPECT_EQ(report, absl::StrCat(kMargin,
                                 "FINAL REPORT\n"
                                 " EXAMINATION:  CHEST (PORTABLE AP)\n"
                                 " \n"
                                 " INDICATION:  ___ year old man with cough.\n"
                                 " \n"
                                 " TECHNIQUE:  Portable AP view of the chest.\n"
                                 " \n"
                                 " COMPARISON:  None.\n"
                                 " \n"
                                 " FINDINGS: \n"
                                 " \n"
                                 " Lungs are clear. Heart size is normal.\n"
                                 " \n"
                                 " IMPRESSION: \n"
                                 " \n"
                                 " No acute cardiopulmonary process.\n"));
}

TEST(MimicReportTest, NumbersSeveralPoints) {
  ReportContent content = SmallContent();
  content.impression = {"First.", "Second."};
  EXPECT_THAT(MimicReport(content, false, RandomKey(1)),
              HasSubstr(" IMPRESSION: \n \n 1. First.\n 2. Second.\n"));
}

TEST(MimicReportTest, BreaksLinesBeforeTheyAreTooLong) {
  ReportContent content = SmallContent();
  // 1 + 76 + 1 characters, and then a word that would make them 80.
  content.findings = {std::string(76, 'x') + ".", "b", "c."};
  EXPECT_THAT(
      MimicReport(content, false, RandomKey(1)),
      HasSubstr(absl::StrCat("\n ", std::string(76, 'x'), ".\n b c.\n")));
  content.findings = {std::string(75, 'x') + ".", "b", "c."};
  EXPECT_THAT(
      MimicReport(content, false, RandomKey(1)),
      HasSubstr(absl::StrCat("\n ", std::string(75, 'x'), ". b\n c.\n")));
}

TEST(MimicReportTest, HasOnlyPrintableLinesThatBeginWithASpace) {
  for (int i = 0; i < 1500; ++i) {
    const std::string report = MimicReport(ReportOf(WildSampleOf(i), i),
                                           /*oddities=*/true, RandomKey(i));
    for (const std::string& line : LinesOf(report)) {
      EXPECT_LE(line.size(), size_t{kMimicLineLength}) << line;
      EXPECT_EQ(line[0], ' ') << report;
      EXPECT_TRUE(std::all_of(line.begin(), line.end(), absl::ascii_isprint))
          << line;
      EXPECT_FALSE(line.size() > 1 && line[1] == ' ' &&
                   !absl::StrContains(line, "FINAL REPORT"))
          << line;
    }
    EXPECT_NE(LinesOf(report).back(), " ");
  }
}

TEST(MimicReportTest, KeepsEveryWordInOrder) {
  for (int i = 0; i < 200; ++i) {
    const ReportContent content = ReportOf(SampleOf(i), i);
    const std::string report =
        Flat(MimicReport(content, /*oddities=*/false, RandomKey(i)));
    size_t place = 0;
    const auto expect_next = [&](const std::string& text) {
      const size_t next = report.find(text, place);
      EXPECT_NE(next, std::string::npos) << text << " in " << report;
      place = next;
    };
    expect_next("FINAL REPORT EXAMINATION: " + content.examination);
    expect_next("INDICATION: " + content.indication);
    expect_next("TECHNIQUE: " + content.technique);
    expect_next("COMPARISON: " + content.comparison);
    expect_next("FINDINGS: " + absl::StrJoin(content.findings, " "));
    expect_next("IMPRESSION: ");
    for (const std::string& point : content.impression) expect_next(point);
  }
}

TEST(MimicReportTest, DropsSectionsAsOftenAsTheFilesDo) {
  constexpr int kReports = 20'000;
  std::map<std::string, int> counts;
  for (int i = 0; i < kReports; ++i) {
    const std::string report =
        MimicReport(SmallContent(), /*oddities=*/true, RandomKey(i));
    const bool findings = absl::StrContains(report, " FINDINGS: ");
    const bool impression = absl::StrContains(report, " IMPRESSION: ");
    const bool words = absl::StrContains(report, "Lungs are clear.");
    if (findings && impression && words) ++counts["usual"];
    if (findings && !impression) ++counts["no impression"];
    if (!findings && !impression) ++counts["neither"];
    if (impression && !words) ++counts["empty findings"];
  }
  const double share = 1.0 / kReports;
  EXPECT_NEAR(counts["no impression"] * share, 0.12, 0.01);
  EXPECT_NEAR(counts["neither"] * share, 0.05, 0.007);
  EXPECT_GT(counts["usual"] * share, 0.81);
  EXPECT_NEAR(counts["empty findings"] * share, 0.01 / 8, 0.001);
}

TEST(MimicReportTest, LeavesALastParagraphBehindABlankLine) {
  int found = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string report =
        MimicReport(SmallContent(), /*oddities=*/true, RandomKey(i));
    found += absl::StrContains(
        report,
        " COMPARISON:  None.\n \n Lungs are clear. Heart size is normal.\n");
  }
  EXPECT_NEAR(found, 100, 30);
}

TEST(MimicReportTest, HasEachRareForm) {
  const std::vector<std::string> rare = {
      "\n IMPRESSON: \n",
      "\n IMPRESION: \n",
      "\n IMPRSSION: \n",
      "\n IMPESSION: \n",
      "\n FINDNGS: \n",
      "\n FINDINS: \n",
      "\n FINIDNGS: \n",
      "\n ADDENDUM:  ",
      "\n WET READ:  ",
      "\n CHEST: \n",
      "\n CHEST RADIOGRAPH: \n",
      "\n FRONTAL VIEW OF THE CHEST: \n",
      "\n FINDINGS AND IMPRESSION: \n",
      "\n FINDINGS/IMPRESSION: \n",
      "\n FINDINGS/ IMPRESSION: \n",
      " FINDINGS: \n \n IMPRESSION: \n",
      "FINAL REPORT\n ___ year old man with cough.\n \n Lungs are clear."};
  std::map<std::string, int> counts;
  int all = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string report =
        MimicReport(SmallContent(), /*oddities=*/true, RandomKey(i));
    for (const std::string& form : rare) {
      const bool has = absl::StrContains(report, form);
      counts[form] += has;
      all += has;
    }
  }
  for (const std::string& form : rare) EXPECT_GE(counts[form], 3) << form;
  EXPECT_NEAR(all, 600, 100);
}

TEST(MimicReportTest, RulesOffWhatStandsAboveTheReport) {
  const std::string rule = absl::StrCat("\n ", std::string(77, '_'), "\n",
                                        kMargin, "FINAL REPORT\n EXAMINATION");
  int ruled = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string report =
        MimicReport(SmallContent(), /*oddities=*/true, RandomKey(i));
    const bool above = absl::StrContains(report, "ADDENDUM") ||
                       absl::StrContains(report, "WET READ");
    EXPECT_EQ(above, absl::StrContains(report, rule)) << report;
    ruled += above;
  }
  EXPECT_GT(ruled, 3);
}

TEST(MimicReportTest, HasNoOdditiesUnlessAskedFor) {
  for (int i = 0; i < 500; ++i) {
    EXPECT_THAT(MimicReport(SmallContent(), /*oddities=*/false, RandomKey(i)),
                AllOf(HasSubstr("\n FINDINGS: \n \n Lungs"),
                      HasSubstr("\n IMPRESSION: \n \n No acute"),
                      Not(HasSubstr("ADDENDUM"))));
  }
}

TEST(MimicReportDeathTest, DiesOfAReportWithoutSentences) {
  EXPECT_DEATH(MimicReport({}, false, RandomKey(1)), "without sentences");
}

}  // namespace
}  // namespace cxr::synth
