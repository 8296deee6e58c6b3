// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/section_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr char kFolder[] = "cxr/text/testdata/sections/";

CsvTable Golden(absl::string_view file) {
  return *CsvTable::Load(TestData(absl::StrCat(kFolder, file)));
}

ReportSection Section(std::string name, std::string text) {
  return {std::move(name), std::move(text)};
}

std::map<std::string, std::string> GoldenReports() {
  std::map<std::string, std::string> reports;
  const CsvTable table = Golden("reports.csv");
  for (const CsvTable::Row& row : table.rows()) {
    reports[row.cells[0]] = row.cells[1];
  }
  return reports;
}

// As Python reads a file of text.
std::string WithUnixLineEnds(const std::string& text) {
  std::string unix;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      unix += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      unix += '\n';
    }
  }
  return unix;
}

TEST(SplitSectionsTest, EqualsThePublishedParser) {
  std::map<std::string, std::vector<ReportSection>> expected;
  const CsvTable splits = Golden("splits.csv");
  for (const CsvTable::Row& row : splits.rows()) {
    expected[row.cells[0]].push_back({row.cells[1], row.cells[2]});
  }
  ASSERT_EQ(expected.size(), 262);
  std::map<std::string, std::string> reports = GoldenReports();
  for (const auto& [study, sections] : expected) {
    EXPECT_EQ(SplitSections(WithUnixLineEnds(reports[study])), sections)
        << study;
  }
}

TEST(ExtractSectionsTest, EqualsThePublishedTables) {
  std::map<std::string, std::string> reports = GoldenReports();
  const CsvTable rows = Golden("rows.csv");
  ASSERT_EQ(rows.rows().size(), 262 + 23 + 31);
  for (const CsvTable::Row& row : rows.rows()) {
    const std::string& study = row.cells[0];
    const MimicSections sections = ExtractSections(reports[study], study);
    EXPECT_EQ(sections.by_study.has_value(), row.cells[1] == "0") << study;
    EXPECT_EQ(sections.impression.value_or(""), row.cells[2]) << study;
    EXPECT_EQ(sections.findings.value_or(""), row.cells[3]) << study;
    EXPECT_EQ(sections.last_paragraph.value_or(""), row.cells[4]) << study;
    EXPECT_EQ(sections.comparison.value_or(""), row.cells[5]) << study;
    EXPECT_EQ(LabellingText(sections), row.cells[6]) << study;
  }
}

TEST(SplitSectionsTest, TakesAReportApart) {
  EXPECT_THAT(
      SplitSections("   FINAL REPORT\n INDICATION:  Cough.\n \n FINDINGS: \n"
                    " Clear.\n \n IMPRESSION:  Normal."),
      ElementsAre(Section("preamble", "   FINAL REPORT\n "),
                  Section("indication", " Cough.\n "),
                  Section("findings", "\n Clear.\n "),
                  Section("impression", " Normal.")));
}

TEST(SplitSectionsTest, NoHeaderIsAFullReport) {
  EXPECT_THAT(SplitSections("lungs are clear"),
              ElementsAre(Section("full report", "lungs are clear")));
  EXPECT_THAT(SplitSections(""), ElementsAre(Section("full report", "")));
}

TEST(SplitSectionsTest, AHeaderNeedsOneSpaceCapitalsAColonAndSpace) {
  for (const char* text : {" FINDINGS: x", "\nFINDINGS: x", "\n\tFINDINGS: x",
                           "\n Findings: x", "\n FINDINGS:x", "\n FINDINGS:",
                           "\n FINDINGS x", "\n : x", "\n CT2: x"}) {
    EXPECT_EQ(SplitSections(text).front().name, "full report") << text;
  }
  // Of two spaces the second would belong to the name.
  EXPECT_THAT(
      SplitSections("\n  FINDINGS: x"),
      ElementsAre(Section("preamble", "\n "), Section("findings", "x")));
}

TEST(SplitSectionsTest, AHeaderOnTheLineThatFollowsAnotherIsText) {
  EXPECT_THAT(
      SplitSections("\n NOTE:\n IMPRESSION: a\n FINDINGS: b"),
      ElementsAre(Section("preamble", "\n "), Section("note", " IMPRESSION: a"),
                  Section("findings", "b")));
}

TEST(SplitSectionsTest, TheParagraphAfterABlankLineIsTheLast) {
  EXPECT_THAT(
      SplitSections("\n EXAMINATION: Chest.\n \n Clear.\n \n Well."),
      ElementsAre(Section("preamble", "\n "), Section("examination", "Chest."),
                  Section("last_paragraph", " Clear.\n \n Well.")));
}

TEST(SplitSectionsTest, EmptyFindingsAreDroppedAndOthersKept) {
  EXPECT_THAT(
      SplitSections("\n CHEST, PA LATERAL:\n \n \n HISTORY:\n\n"),
      ElementsAre(Section("preamble", "\n "), Section("history", "\n")));
}

TEST(ExtractSectionsTest, TheLastOfANameCounts) {
  const MimicSections sections = ExtractSections(
      "\n IMPRESSION: first\n FINDINGS: x\n CONCLUSION: second \n", "s1");
  EXPECT_THAT(sections.impression, Optional(std::string("second")));
  EXPECT_THAT(sections.findings, Optional(std::string("x")));
  EXPECT_EQ(sections.comparison, std::nullopt);
  EXPECT_TRUE(sections.has_header);
  EXPECT_EQ(LabellingText(sections), "second");
}

TEST(ExtractSectionsTest, WindowsLineEndsAreLineEnds) {
  const MimicSections sections = ExtractSections(
      "REPORT\r\n FINDINGS: a\r\n b\r\n IMPRESSION: c\r\n", "s1");
  EXPECT_THAT(sections.findings, Optional(std::string("a\n b")));
  EXPECT_THAT(sections.impression, Optional(std::string("c")));
}

TEST(ExtractSectionsTest, SomeStudiesHaveNothingToLabel) {
  const std::string report = "\n IMPRESSION: Normal.";
  EXPECT_EQ(LabellingText(ExtractSections(report, "s1")), "Normal.");
  const MimicSections sections = ExtractSections(report, "s58235663");
  EXPECT_THAT(sections.by_study, Optional(IsEmpty()));
  EXPECT_EQ(sections.impression, std::nullopt);
  EXPECT_EQ(LabellingText(sections), "");
}

TEST(ExtractSectionsTest, ARangeBeyondTheReportIsCutOff) {
  EXPECT_EQ(LabellingText(ExtractSections("short", "s50525523")), "");
  EXPECT_EQ(LabellingText(ExtractSections(std::string(60, 'x'), "s56579911")),
            "x");
}

TEST(ExtractSectionsTest, AStudyWithoutItsRenamedSectionIsReadLikeAnyOther) {
  const MimicSections sections =
      ExtractSections("\n IMPRESSION: Normal.", "s56451190");
  EXPECT_EQ(sections.by_study, std::nullopt);
  EXPECT_EQ(LabellingText(sections), "Normal.");
}

TEST(SectionParserTest, AnyBytesAreKept) {
  const std::string text = absl::StrCat("a", std::string(1, '\0'), "\xff\xc2");
  const MimicSections sections = ExtractSections(
      absl::StrCat(text, "\n FINDINGS: ", text, "\n IMPRESSION: ", text), "s1");
  EXPECT_EQ(sections.findings, text);
  EXPECT_EQ(sections.impression, text);
}

}  // namespace
}  // namespace cxr
