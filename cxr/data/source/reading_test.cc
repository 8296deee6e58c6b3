// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

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
           {"", View::kUnknown},
           {"UNK", View::kUnknown}}) {
    EXPECT_EQ(ParseView(text), view) << text;
  }
  std::vector<Remark> remarks;
  EXPECT_EQ(ViewCell(OneCell("PA"), 0, &remarks), View::kPa);
  EXPECT_THAT(remarks, IsEmpty());
  EXPECT_EQ(ViewCell(OneCell(""), 0, &remarks), View::kUnknown);
  EXPECT_EQ(ViewCell(OneCell("UNK"), 0, &remarks), View::kUnknown);
  EXPECT_EQ(ViewCell(OneCell("SWIMMERS"), 0, &remarks), View::kOther);
  ASSERT_EQ(remarks.size(), 2u);
  EXPECT_EQ(remarks[0].count, 2);
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

}  // namespace
}  // namespace cxr
