// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Reports as a person reads them: cxr report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kReport[] =
    "                                 FINAL REPORT\n"
    " INDICATION:  Cough.\n \n"
    " FINDINGS: \n \n The heart is enlarged.\n No effusion, \"none\".\n \n"
    " IMPRESSION: \n \n Possible pneumonia, no edema.  PICC in place.\n";

ProgramResult Report(const std::string& words) {
  return RunApart(absl::StrCat("tools/cxr report ", words));
}

TEST(ReportCliTest, SectionsOfAFileAreARow) {
  const TempDir dir;
  const std::string path = dir.File("s50414267.txt");
  Overwrite(path, kReport);
  const ProgramResult result = Report(absl::StrCat("sections ", path));
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out,
            "study,impression,findings,last_paragraph,comparison\n"
            "s50414267,\"Possible pneumonia, no edema.  PICC in place.\","
            "\"The heart is enlarged.\n No effusion, \"\"none\"\".\",,\n");
}

TEST(ReportCliTest, SectionsInJsonTellMissingFromEmpty) {
  const TempDir dir;
  const std::string path = dir.File("s1.txt");
  Overwrite(path, "\n FINDINGS: Clear.\n COMPARISON: \n");
  EXPECT_EQ(Report(absl::StrCat("sections --format=json ", path)).out,
            "[\n{\"study\":\"s1\",\"impression\":null,"
            "\"findings\":\"Clear.\",\"last_paragraph\":null,"
            "\"comparison\":\"\",\"by_study\":null}\n]\n");
}

// The whole table of the published code, but for the studies of which it has
// no row; those are named on stderr.
TEST(ReportCliTest, SectionsOfATableEqualThePublishedOnes) {
  const std::string folder = "cxr/text/testdata/sections/";
  const ProgramResult result =
      Report("sections " + TestData(folder + "reports.csv"));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(CountLines(result.err, "cxr: left out: s5"), 23 + 31);
  ASSERT_OK_AND_ASSIGN(const CsvTable found,
                       CsvTable::Parse(result.out, "found"));
  ASSERT_OK_AND_ASSIGN(const CsvTable expected,
                       CsvTable::Load(TestData(folder + "rows.csv")));
  size_t row = 0;
  for (const CsvTable::Row& other : expected.rows()) {
    if (other.cells[1] == "0") continue;
    ASSERT_LT(row, found.rows().size());
    const std::vector<std::string>& cells = found.rows()[row++].cells;
    EXPECT_EQ(cells[0], other.cells[0]);
    for (int i = 1; i < 5; ++i) {
      EXPECT_EQ(cells[i], other.cells[i + 1]) << cells[0];
    }
  }
  EXPECT_EQ(row, found.rows().size());
}

TEST(ReportCliTest, FindingsAreFourteenColumns) {
  const TempDir dir;
  const std::string path = dir.File("s50414267.txt");
  Overwrite(path, kReport);
  const std::string table = dir.File("some.csv");
  Overwrite(table, "id,text\n7,Lungs are clear.\n8,\"No edema, mild mass\"\n");
  const ProgramResult result =
      Report(absl::StrCat("findings ", path, " ", table));
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out,
            "study,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,"
            "Lung Opacity,Lung Lesion,Edema,Consolidation,Pneumonia,"
            "Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,"
            "Fracture,Support Devices\n"
            // The impression alone is labelled.
            "s50414267,,,,,,0.0,,-1.0,,,,,,1.0\n"
            "7,1.0,,,,,,,,,,,,,\n"
            "8,,,,,1.0,0.0,,,,,,,,\n");
}

TEST(ReportCliTest, FindingsInJsonSayWhy) {
  const TempDir dir;
  const std::string path = dir.File("s1.txt");
  Overwrite(path, "No edema. Scoliosis.");
  const std::string json =
      Report(absl::StrCat("findings --format=json ", path)).out;
  EXPECT_THAT(json, HasSubstr("\"study\":\"s1\",\"rules\":\"rules-v1\""));
  EXPECT_THAT(json, HasSubstr("\"Edema\":0,\"Consolidation\":null"));
  EXPECT_THAT(json, HasSubstr("{\"label\":\"Edema\",\"state\":\"negative\","
                              "\"words\":\"edema\",\"cue\":\"no\","
                              "\"sentence\":0}"));
  EXPECT_THAT(json, HasSubstr("{\"label\":null,\"state\":\"positive\","
                              "\"words\":\"scoliosis\",\"cue\":\"\","
                              "\"sentence\":1}],"
                              "\"sentences\":[\"no edema.\","
                              "\"scoliosis.\"]}"));
}

// A sentence stands there once, however many mentions it has.
TEST(ReportCliTest, FindingsInJsonGrowNoFasterThanTheReport) {
  const TempDir dir;
  const std::string path = dir.File("s1.txt");
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += "edema ";
  }
  Overwrite(path, text);
  const std::string json =
      Report(absl::StrCat("findings --format=json ", path)).out;
  EXPECT_EQ(CountLines(json, "{\"study\":\"s1\""), 1);
  EXPECT_LT(json.size(), 25 * text.size());
}

TEST(ReportCliTest, ATextWithoutHeadersIsReadWhole) {
  const TempDir dir;
  const std::string path = dir.File("notes.txt");
  Overwrite(path, "No edema.\n \nSmall effusion.\n");
  EXPECT_THAT(Report("findings " + path).out,
              HasSubstr("\nnotes,,,,,,0.0,,,,,1.0,,,\n"));
  // The last paragraph, where there is a header.
  Overwrite(path, "\n NOTE: No edema.\n \nSmall effusion.\n");
  EXPECT_THAT(Report("findings " + path).out,
              HasSubstr("\nnotes,,,,,,,,,,,1.0,,,\n"));
}

TEST(ReportCliTest, BytesThatAreNoTextAreRead) {
  const TempDir dir;
  const std::string path = dir.File("s1.txt");
  Overwrite(path,
            absl::StrCat("No edema\xff.", std::string(1, '\0'), " Mass."));
  EXPECT_THAT(Report("findings " + path).out,
              HasSubstr("\ns1,,,,,1.0,0.0,,,,,,,,\n"));
  const ProgramResult json = Report("findings --format=json " + path);
  EXPECT_EQ(json.exit_code, 0);
  EXPECT_THAT(json.out, HasSubstr("\"sentences\":[\"no edema\xef\xbf\xbd.\","
                                  "\"\\u0000 mass.\"]"));
}

TEST(ReportCliTest, StudiesWithoutTextAreLeftOut) {
  const TempDir dir;
  const std::string table = dir.File("t.csv");
  // By its id, "s" before it or not, the first has nothing to label.
  Overwrite(table,
            "study,report\n58235663,No edema.\ns2,\ns3,No edema.\n"
            "s4,\xc2\xa0 \xe3\x80\x80\n");
  const ProgramResult result = Report("findings " + table);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err,
            "cxr: left out: 58235663: no text to label\n"
            "cxr: left out: s2: no text to label\n"
            "cxr: left out: s4: no text to label\n");
  EXPECT_EQ(CountLines(result.out, "s3,1.0"), 1);
  EXPECT_EQ(CountLines(result.out, ","), 2);
}

TEST(ReportCliTest, ErrorsNameTheFileAndWhatIsWrong) {
  const TempDir dir;
  const std::string table = dir.File("t.csv");
  Overwrite(table, "id,words\n1,x\n");
  const auto expect = [](const std::string& words, int code,
                         const std::string& error) {
    const ProgramResult result = Report(words);
    EXPECT_EQ(result.exit_code, code) << words;
    EXPECT_EQ(result.out, "") << words;
    EXPECT_EQ(result.err, absl::StrCat("cxr: error: ", error, "\n")) << words;
  };
  expect("findings " + table, 2,
         absl::StrCat(table,
                      ":1: no column 'report' or 'text', found "
                      "id, words"));
  expect("findings /nowhere/s1.txt", 2,
         "/nowhere/s1.txt: cannot open: No such file or directory");
  expect("findings", 64,
         "report findings: expected files of reports, found none; see: cxr "
         "help report");
  expect("", 64, "report: found nothing, expected sections or findings");
  expect("words x", 64, "report: found 'words', expected sections or findings");
  expect("findings --format=xml x", 64,
         "--format: found 'xml', expected text or json");
  expect("findings --rung=demo x", 64,
         "report has no flag --rung; see: cxr help report");
}

}  // namespace
}  // namespace cxr::tests
