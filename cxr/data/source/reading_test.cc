// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A table of one column and one row, which is the current one.
CsvReader OneCell(absl::string_view cell) {
  auto table =
      CsvReader::FromText(absl::StrCat("c\n\"", cell, "\"\n"), "t.csv");
  EXPECT_OK(table);
  EXPECT_OK(table->Next());
  return *std::move(table);
}

TEST(ReadingTest, FileIsTheFirstThatIsThere) {
  const TempDir folder;
  EXPECT_EQ(FindOptionalFile(folder.path(), {"a.csv"}), std::nullopt);
  EXPECT_THAT(FindFile(folder.path(), {"a.csv", "x/b.csv"}),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(folder.path()),
                             HasSubstr("found none of a.csv, x/b.csv"))));
  WriteTree(folder.path(), {{"x/b.csv.gz", "c\n"}});
  ASSERT_OK_AND_ASSIGN(std::string file,
                       FindFile(folder.path(), {"a.csv", "x/b.csv"}));
  EXPECT_EQ(file, "x/b.csv.gz");
  WriteTree(folder.path(), {{"a.csv", "c\n"}, {"a.csv.gz", "c\n"}});
  ASSERT_OK_AND_ASSIGN(file, FindFile(folder.path(), {"a.csv", "x/b.csv"}));
  EXPECT_EQ(file, "a.csv");
}

TEST(ReadingTest, TableLiesInTheFolderOrInAFolderInIt) {
  const TempDir folder;
  EXPECT_THAT(FindTable(folder.path(), "t.csv"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no t.csv")));
  EXPECT_THAT(FindTable(folder.File("none"), "t.csv"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
  WriteTree(folder.path(), {{"b/t.csv", "c\n"}, {"b/c/u.csv", "c\n"}});
  ASSERT_OK_AND_ASSIGN(std::string file, FindTable(folder.path(), "t.csv"));
  EXPECT_EQ(file, "b/t.csv");
  EXPECT_EQ(FolderOf(file), "b");
  EXPECT_THAT(FindTable(folder.path(), "u.csv"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no u.csv")));
  WriteTree(folder.path(), {{"d/t.csv.gz", "c\n"}});
  EXPECT_THAT(FindTable(folder.path(), "t.csv"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found b/t.csv and d/t.csv.gz")));
  WriteTree(folder.path(), {{"t.csv", "c\n"}});
  ASSERT_OK_AND_ASSIGN(file, FindTable(folder.path(), "t.csv"));
  EXPECT_EQ(file, "t.csv");
  EXPECT_EQ(FolderOf(file), "");
}

TEST(ReadingTest, StarInATablesNameIsAnyText) {
  const TempDir folder;
  WriteTree(folder.path(), {{"r/m-2.csv", "c\n"},
                            {"r/m-2.0-a.csv", "c\n"},
                            {"r/m-2.0-a.csv.gz", "c\n"},
                            {"r/x-m-2.0-a.csv", "c\n"}});
  ASSERT_OK_AND_ASSIGN(std::string file, FindTable(folder.path(), "m-*-a.csv"));
  EXPECT_EQ(file, "r/m-2.0-a.csv");
  WriteTree(folder.path(), {{"r/m-2.1-a.csv", "c\n"}});
  EXPECT_THAT(FindTable(folder.path(), "m-*-a.csv"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("r/m-2.0-a.csv and r/m-2.1-a.csv")));
}

TEST(ReadingTest, LabelsAreNumbersOrNotMentioned) {
  for (const auto& [cell, label] :
       std::vector<std::pair<const char*, float>>{{"1.0", 1.0f},
                                                  {"1", 1.0f},
                                                  {"0.0", 0.0f},
                                                  {"0", 0.0f},
                                                  {"-1.0", -1.0f},
                                                  {"-1", -1.0f}}) {
    ASSERT_OK_AND_ASSIGN(const float found, LabelCell(OneCell(cell), 0));
    EXPECT_EQ(found, label) << cell;
  }
  for (const char* cell : {"", "nan", "NaN"}) {
    ASSERT_OK_AND_ASSIGN(const float found, LabelCell(OneCell(cell), 0));
    EXPECT_TRUE(std::isnan(found)) << cell;
  }
  for (const char* cell : {"2", "0.5", "-2.0", "yes", "inf", "-nan", "1.0 x"}) {
    EXPECT_THAT(
        LabelCell(OneCell(cell), 0),
        StatusIs(absl::StatusCode::kDataLoss,
                 HasSubstr(absl::StrCat("t.csv:2: c: found '", cell,
                                        "', expected 1, 0, -1 or nothing"))));
  }
}

TEST(ReadingTest, AgesAreWholeYears) {
  for (const auto& [text, years] :
       std::vector<std::pair<const char*, int>>{{"62", 62},
                                                {"62.0", 62},
                                                {"0", 0},
                                                {"060Y", 60},
                                                {"018M", 1},
                                                {"011M", 0},
                                                {"105W", 2},
                                                {"366D", 1},
                                                {"45-49", 45},
                                                {"45 - 49", 45},
                                                {"45 to 49", 45},
                                                {"85 or more", 85},
                                                {"90+", 90},
                                                {"414", 414},
                                                {"", kUnknownAge},
                                                {"nan", kUnknownAge}}) {
    EXPECT_EQ(ParseAge(text), years) << text;
  }
  for (const char* text : {"-1", "Y", "62.5", "62.0Y", "60X", "49-45", "45-",
                           "x", "99999999999", "or more"}) {
    EXPECT_EQ(ParseAge(text), std::nullopt) << text;
  }
}

TEST(ReadingTest, AgeOfNobodyIsUnknown) {
  std::vector<Remark> remarks;
  ASSERT_OK_AND_ASSIGN(int years, AgeCell(OneCell("120"), 0, &remarks));
  EXPECT_EQ(years, 120);
  EXPECT_THAT(remarks, IsEmpty());
  ASSERT_OK_AND_ASSIGN(years, AgeCell(OneCell("414"), 0, &remarks));
  EXPECT_EQ(years, kUnknownAge);
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_EQ(remarks[0].what, "ages above 120, taken as unknown");
  EXPECT_EQ(remarks[0].first, "t.csv:2");
  EXPECT_THAT(AgeCell(OneCell("old"), 0, &remarks),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("t.csv:2: c: found 'old', expected an age")));
}

TEST(ReadingTest, SexIsReadInAnyForm) {
  std::vector<Remark> remarks;
  for (const char* cell : {"M", "m", "Male", "MALE"}) {
    EXPECT_EQ(*SexCell(OneCell(cell), 0, &remarks), Sex::kMale) << cell;
  }
  for (const char* cell : {"F", "f", "Female"}) {
    EXPECT_EQ(*SexCell(OneCell(cell), 0, &remarks), Sex::kFemale) << cell;
  }
  EXPECT_THAT(remarks, IsEmpty());
  for (const char* cell : {"", "nan", "U", "O", "Unknown", "Other"}) {
    EXPECT_EQ(*SexCell(OneCell(cell), 0, &remarks), Sex::kUnknown) << cell;
  }
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_EQ(remarks[0].count, 6);
  EXPECT_THAT(
      SexCell(OneCell("62"), 0, &remarks),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("found '62', expected")));
}

TEST(ReadingTest, ViewsAreReadInAnyForm) {
  for (const auto& [text, view] : std::vector<std::pair<const char*, View>>{
           {"PA", View::kPa},
           {"AP", View::kAp},
           {"AP_horizontal", View::kApSupine},
           {"AP Supine", View::kApSupine},
           {"Frontal", View::kFrontal},
           {"L", View::kLateral},
           {"LL", View::kLateral},
           {"RL", View::kLateral},
           {"LATERAL", View::kLateral},
           {"XTABLE LATERAL", View::kOther},
           {"AP AXIAL", View::kOther},
           {"LLD", View::kOther},
           {"COSTAL", View::kOther},
           {"", View::kUnknown}}) {
    EXPECT_EQ(ParseView(text), view) << text;
  }
  std::vector<Remark> remarks;
  EXPECT_EQ(ViewCell(OneCell("PA"), 0, &remarks), View::kPa);
  EXPECT_THAT(remarks, IsEmpty());
  EXPECT_EQ(ViewCell(OneCell(""), 0, &remarks), View::kUnknown);
  EXPECT_EQ(ViewCell(OneCell("SWIMMERS"), 0, &remarks), View::kOther);
  ASSERT_EQ(remarks.size(), 2u);
  EXPECT_EQ(remarks[0].first, "t.csv:2");
  EXPECT_EQ(remarks[1].first, "t.csv:2: SWIMMERS");
}

TEST(ReadingTest, LabelsOfARowAreAddedInTheOrderAskedFor) {
  ASSERT_OK_AND_ASSIGN(CsvReader table,
                       CsvReader::FromText("a,b,c\n1,0,-1\n", "t.csv"));
  ASSERT_OK(table.Next());
  ASSERT_OK_AND_ASSIGN(const std::vector<int> columns,
                       FindColumns(table, {"c", "a"}));
  std::vector<float> labels = {0.0f};
  ASSERT_OK(AppendLabels(table, columns, &labels));
  EXPECT_THAT(labels, ElementsAre(0.0f, -1.0f, 1.0f));
  EXPECT_THAT(FindColumns(table, {"a", "d"}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("'d'")));
}

TEST(ExampleIdsTest, ExamplesAreFoundAndPlaced) {
  std::vector<Example> examples;
  ExampleIds ids(&examples);
  EXPECT_EQ(ids.Find("a"), std::nullopt);
  ids.StartTable("train.csv");
  examples.push_back({.id = "a"});
  ASSERT_OK(ids.AddLast(2));
  examples.push_back({.id = "b"});
  ASSERT_OK(ids.AddLast(4));
  ids.StartTable("empty.csv");
  ids.StartTable("test.csv");
  for (int i = 0; i < 1000; ++i) {
    examples.push_back({.id = absl::StrCat("c", i)});
    ASSERT_OK(ids.AddLast(i + 2));
  }
  EXPECT_EQ(ids.Find("b"), 1);
  EXPECT_EQ(ids.Find("c999"), 1001);
  EXPECT_EQ(ids.Find("c1000"), std::nullopt);
  EXPECT_EQ(ids.Place(0), "train.csv:2");
  EXPECT_EQ(ids.Place(1), "train.csv:4");
  EXPECT_EQ(ids.Place(2), "test.csv:2");
}

TEST(ExampleIdsTest, SecondExampleOfAnIdIsDataLoss) {
  std::vector<Example> examples;
  ExampleIds ids(&examples);
  ids.StartTable("train.csv");
  examples.push_back({.id = "a"});
  ASSERT_OK(ids.AddLast(2));
  ids.StartTable("test.csv");
  examples.push_back({.id = "a"});
  EXPECT_THAT(
      ids.AddLast(7),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("test.csv:7: found a, which stands at train.csv:2")));
  examples.push_back({.id = ""});
  EXPECT_THAT(ids.AddLast(8),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("test.csv:8: ")));
}

TEST(ExampleIdsDeathTest, ExamplesAreAddedOneByOne) {
  std::vector<Example> examples(2);
  ExampleIds ids(&examples);
  ids.StartTable("train.csv");
  EXPECT_DEATH(ids.AddLast(2).IgnoreError(), "0 examples added of 2");
}

}  // namespace
}  // namespace cxr
