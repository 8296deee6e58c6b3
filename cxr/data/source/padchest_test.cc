// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/padchest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using Tree = std::map<std::string, std::string>;

constexpr char kTable[] =
    "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv";

// The first column has no name. Columns that are not read are left out but for
// a report, which holds commas and quotes.
constexpr char kHeader[] =
    ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,"
    "PatientSex_DICOM,Projection,Pediatric,Report,Labels\n";

// A table of these rows, whose first cell is put before.
std::string Table(const std::vector<std::string>& rows) {
  std::string text = kHeader;
  for (const std::string& row : rows) {
    absl::StrAppend(&text, "7,", row, "\n");
  }
  return text;
}

constexpr char kRow[] =
    "1_a.png,0,20140915,S1,P1,1930.0,M,PA,No,\"sin, \"\"hallazgos\"\" .\","
    "\"['loc  Cardiac ', 'normal']\"";
constexpr char kOtherRow[] =
    "2_b.png,36,20101231,S2,P2,1950,F,AP_horizontal,No,x,['nodule']";

absl::StatusOr<ImageIndex> Read(const Tree& tree) {
  const TempDir dir;
  WriteTree(dir.path(), tree);
  return ReadPadchest(dir.path());
}

absl::StatusOr<ImageIndex> ReadRows(const std::vector<std::string>& rows) {
  return Read({{kTable, Table(rows)}});
}

// kRow with `from`, which must be there, replaced.
std::string RowWith(const std::string& from, const std::string& to) {
  EXPECT_THAT(kRow, HasSubstr(from));
  return absl::StrReplaceAll(kRow, {{from, to}});
}

std::vector<std::string> Paths(const ImageIndex& index) {
  std::vector<std::string> paths;
  for (const Example& example : index.examples) {
    paths.push_back(example.path);
  }
  return paths;
}

TEST(PadchestTest, RowIsReadFieldByField) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadRows({kRow, kOtherRow}));
  EXPECT_EQ(index.source, "padchest");
  EXPECT_EQ(index.folds, 0);
  ASSERT_EQ(index.examples.size(), 2u);
  const Example& example = index.examples[0];
  EXPECT_EQ(example.id, "1_a.png");
  EXPECT_EQ(example.patient_id, "P1");
  EXPECT_EQ(example.study_id, "S1");
  EXPECT_EQ(example.view, View::kPa);
  EXPECT_EQ(example.sex, Sex::kMale);
  EXPECT_EQ(example.part, Part::kNone);
  EXPECT_EQ(example.age_years, 84);
  EXPECT_EQ(index.examples[1].view, View::kApSupine);
  EXPECT_EQ(index.examples[1].sex, Sex::kFemale);
  EXPECT_EQ(index.examples[1].age_years, 60);
  EXPECT_THAT(index.remarks, IsEmpty());
}

TEST(PadchestTest, LabelsAreTheNamesThatTurnUpSortedAndTidied) {
  ASSERT_OK_AND_ASSIGN(
      const ImageIndex index,
      ReadRows({kRow, kOtherRow, RowWith("1_a.png,", "3_c.png,"),
                "4.png,0,20140915,S,P,1930,F,L,No,x,\"['', ' unchanged', "
                "'NODULE', 'suboptimal study', 'exclude']\""}));
  EXPECT_THAT(index.label_names,
              ElementsAre("exclude", "loc cardiac", "nodule", "normal",
                          "suboptimal study", "unchanged"));
  EXPECT_EQ(index.labels, (std::vector<float>{0, 1, 0, 1, 0, 0,  //
                                              0, 0, 1, 0, 0, 0,  //
                                              0, 1, 0, 1, 0, 0,  //
                                              1, 0, 1, 0, 1, 1}));
}

TEST(PadchestTest, EmptyListOfLabelsIsKeptAsUnknown) {
  ASSERT_OK_AND_ASSIGN(
      const ImageIndex index,
      ReadRows({"1.png,0,20140915,S1,P1,1930,M,PA,No,x,[]", kOtherRow,
                "3.png,0,20140915,S1,P1,1930,M,PA,No,x,['']"}));
  ASSERT_EQ(index.labels.size(), 3u);
  EXPECT_TRUE(std::isnan(index.labels[0]));
  EXPECT_EQ(index.labels[1], 1.0f);
  EXPECT_TRUE(std::isnan(index.labels[2]));
  EXPECT_THAT(
      RemarksOf(index),
      UnorderedElementsAre(
          Pair(HasSubstr("list of labels is empty"),
               "2, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:2")));
}

// The rule is 2019 - birth > 10, which drops those born in 2009 too, and where
// the year of birth is blank.
TEST(PadchestTest, RowsThatThePublishedCodeDropsAreLeftOut) {
  ASSERT_OK_AND_ASSIGN(
      const ImageIndex index,
      ReadRows({"1.png,0,20140915,S,P,1930,M,PA,No,x,",
                "2.png,0,20140915,S,P,2009,M,PA,No,x,['normal']",
                "3.png,0,20140915,S,P,2008.0,M,PA,No,x,['normal']",
                "4.png,0,20140915,S,P,2013,M,PA,No,x,['normal']",
                "5.png,0,20140915,S,P,,M,PA,No,x,['normal']",
                "6.png,0,20140915,S,P,1930,M,PA,No,x,nan"}));
  ASSERT_EQ(index.examples.size(), 1u);
  EXPECT_EQ(index.examples[0].id, "3.png");
  EXPECT_EQ(index.labels, (std::vector<float>{1}));
  EXPECT_THAT(
      RemarksOf(index),
      UnorderedElementsAre(
          Pair(HasSubstr("rows without labels, left out"),
               "2, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:2"),
          Pair(HasSubstr("aged 10 or less in 2019, left out"),
               "2, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:3"),
          Pair(HasSubstr("without a year of birth, left out"),
               "1, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:6")));
}

TEST(PadchestTest, ViewsAreThoseOfProjection) {
  const std::map<std::string, View> views = {
      {"PA", View::kPa},        {"AP", View::kAp},
      {"L", View::kLateral},    {"AP_horizontal", View::kApSupine},
      {"COSTAL", View::kOther}, {"EXCLUDE", View::kOther},
      {"", View::kUnknown},     {"UNK", View::kUnknown},
  };
  for (const auto& [name, view] : views) {
    ASSERT_OK_AND_ASSIGN(
        const ImageIndex index,
        ReadRows({RowWith(",PA,", absl::StrCat(",", name, ","))}));
    EXPECT_EQ(index.examples[0].view, view) << name;
    EXPECT_EQ(RemarksOf(index).count("views blank or UNK, taken as unknown"),
              view == View::kUnknown ? 1u : 0u)
        << name;
  }
}

TEST(PadchestTest, UnusualSexAndAgeAreUnknownWithARemark) {
  ASSERT_OK_AND_ASSIGN(
      const ImageIndex index,
      ReadRows({"1.png,0,20140915,S,P,1830,O,PA,No,x,['normal']",
                "2.png,0,,S,P,1930,,PA,No,x,['normal']",
                "3.png,0,20070101,S,P,2008,F,PA,No,x,['normal']"}));
  for (const Example& example : index.examples) {
    EXPECT_EQ(example.age_years, kUnknownAge) << example.id;
  }
  EXPECT_EQ(index.examples[0].sex, Sex::kUnknown);
  EXPECT_EQ(index.examples[1].sex, Sex::kUnknown);
  EXPECT_THAT(
      RemarksOf(index),
      UnorderedElementsAre(
          Pair(HasSubstr("sexes"),
               "2, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:2"),
          Pair(HasSubstr("ages outside 0 to 120"),
               "2, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:2"),
          Pair(HasSubstr("blank dates of study"),
               "1, PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv:3")));
}

// Names with " - " are among the files that others report as broken.
TEST(PadchestTest, PathsFollowTheLayoutFound) {
  const std::string table = Table({RowWith("1_a.png", "1 - a.png"), kOtherRow});
  const auto by_folder = ElementsAre("0/1 - a.png", "36/2_b.png");

  ASSERT_OK_AND_ASSIGN(ImageIndex index, Read({{kTable, table}}));
  EXPECT_THAT(Paths(index), by_folder);

  ASSERT_OK_AND_ASSIGN(index, Read({{kTable, table}, {"36/2_b.png", ""}}));
  EXPECT_THAT(Paths(index), by_folder);

  ASSERT_OK_AND_ASSIGN(
      index, Read({{kTable, table}, {"36/2_b.png", ""}, {"images/x", ""}}));
  EXPECT_THAT(Paths(index), by_folder);

  ASSERT_OK_AND_ASSIGN(index,
                       Read({{kTable, table}, {"images/1 - a.png", ""}}));
  EXPECT_THAT(Paths(index), ElementsAre("images/1 - a.png", "images/2_b.png"));

  ASSERT_OK_AND_ASSIGN(index, Read({{kTable, table}, {"1 - a.png", ""}}));
  EXPECT_THAT(Paths(index), ElementsAre("1 - a.png", "2_b.png"));
}

TEST(PadchestTest, TableMayLieInAFolderWithItsImages) {
  ASSERT_OK_AND_ASSIGN(
      ImageIndex index,
      Read({{absl::StrCat("PC/", kTable), Table({kRow})}, {"PC/0/x", ""}}));
  EXPECT_THAT(Paths(index), ElementsAre("PC/0/1_a.png"));
  ASSERT_OK_AND_ASSIGN(
      index, Read({{absl::StrCat("PC/", kTable, ".gz"), Table({kRow})},
                   {"PC/1_a.png", ""}}));
  EXPECT_THAT(Paths(index), ElementsAre("PC/1_a.png"));
}

TEST(PadchestTest, AnyOneTableIsTaken) {
  const TempDir dir;
  EXPECT_THAT(
      PadchestFiles(dir.path()),
      StatusIs(absl::StatusCode::kNotFound,
               AllOf(HasSubstr(dir.path()), HasSubstr("PADCHEST_*.csv"))));
  EXPECT_THAT(
      ReadPadchest(dir.File("none")),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.File("none"))));
  WriteTree(dir.path(), {{"PADCHEST_x_remove_corrupt.csv.gz", ""},
                         {"PADCHEST_readme.txt", ""}});
  ASSERT_OK_AND_ASSIGN(std::vector<std::string> files,
                       PadchestFiles(dir.path()));
  EXPECT_THAT(files, ElementsAre("PADCHEST_x_remove_corrupt.csv.gz"));
  WriteTree(dir.path(), {{"PADCHEST_x_remove_corrupt.csv", Table({kRow})}});
  ASSERT_OK_AND_ASSIGN(files, PadchestFiles(dir.path()));
  EXPECT_THAT(files, ElementsAre("PADCHEST_x_remove_corrupt.csv"));
  EXPECT_OK(ReadPadchest(dir.path()));
  WriteTree(dir.path(), {{kTable, ""}});
  EXPECT_THAT(PadchestFiles(dir.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr(kTable),
                             HasSubstr("PADCHEST_x_remove_corrupt.csv"))));
}

TEST(PadchestTest, BadCellIsDataLossNamingTheLine) {
  const std::vector<std::vector<std::string>> cases = {
      {",0,2014", ",x,2014", "ImageDir: found 'x', expected the number"},
      {"20140915", "15/09/2014",
       "StudyDate_DICOM: found '15/09/2014', expected a date"},
      {"20140915", "2014", "StudyDate_DICOM: found '2014', expected a date"},
      {"1930.0", "old", "PatientBirth: found 'old', expected a year of birth"},
      {"1930.0", "30", "PatientBirth: found '30', expected a year of birth"},
      {",M,", ",?,", "PatientSex_DICOM: found '?', expected"},
      {",P1,", ",,", "PatientID: found '', expected"},
      {"\"['loc  Cardiac ', 'normal']\"", "normal",
       "Labels: found 'normal', expected a list of labels"},
      {"1_a.png", "", "found an image without an id"},
      {",No,", ",", ""},
  };
  for (const auto& row : cases) {
    SCOPED_TRACE(row[2]);
    EXPECT_THAT(ReadRows({kOtherRow, RowWith(row[0], row[1])}),
                StatusIs(absl::StatusCode::kDataLoss,
                         HasSubstr(absl::StrCat(kTable, ":3: ", row[2]))));
  }
}

TEST(PadchestTest, DoubledImageIsDataLossNamingBothLines) {
  EXPECT_THAT(ReadRows({kRow, kOtherRow, kRow}),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr(".csv:4: found 1_a.png"),
                             HasSubstr(".csv:2 already"))));
}

TEST(PadchestTest, MissingColumnIsDataLoss) {
  for (const char* column :
       {"ImageID", "ImageDir", "StudyDate_DICOM", "StudyID", "PatientID",
        "PatientBirth", "PatientSex_DICOM", "Projection", "Labels"}) {
    EXPECT_THAT(Read({{kTable, absl::StrReplaceAll(
                                   Table({kRow}),
                                   {{absl::StrCat(",", column), ",?"}})}}),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr(kTable), HasSubstr(column))));
  }
}

TEST(PadchestTest, MoreLabelsThanMemoryIsPlannedForAreDataLoss) {
  std::string labels = "\"['0'";
  for (int i = 1; i < 1000; ++i) {
    absl::StrAppend(&labels, ", '", i, "'");
  }
  const std::string row =
      RowWith("\"['loc  Cardiac ', 'normal']\"", absl::StrCat(labels, "]\""));
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadRows({row}));
  EXPECT_EQ(index.label_names.size(), 1000u);
  EXPECT_THAT(ReadRows({row, kOtherRow}),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr(".csv:3: Labels: found '['nodule']'"),
                             HasSubstr("at most 1000 different labels"))));
}

}  // namespace
}  // namespace cxr
