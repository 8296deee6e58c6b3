// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/brax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr char kTable[] = "master_spreadsheet_update.csv";
constexpr char kHeader[] =
    ",DicomPath,PngPath,PatientID,PatientSex,PatientAge,AccessionNumber,"
    "StudyDate,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Lesion,"
    "Lung Opacity,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,"
    "Pleural Effusion,Pleural Other,Fracture,Support Devices,ViewPosition,Rows,"
    "Columns,Manufacturer\n";

// One row: image n in view `view` of somebody of this sex and age.
std::string Row(int n, const char* sex, const char* age, const char* view) {
  return absl::StrCat(n, ",Anonymized_DICOMs/id_0a/Study_1/Series_1/image-", n,
                      ".dcm,images/id_0a/Study_1/Series_1/image-", n,
                      ".png-000123,id_0a,", sex, ",", age, ",acc", n / 2,
                      ",20100101,,,,1.0,0,,-1.0,,,,,,,1,", view,
                      ",2800,2400,3\n");
}

std::string Table() {
  return absl::StrCat(kHeader, Row(0, "M", "85 or more", "AP"),
                      Row(1, "F", "45-49", "PA"), Row(2, "O", "60", "LL"),
                      Row(3, "M", "", "RL"), Row(4, "M", "60", "RLD"),
                      Row(5, "M", "60", "LLD"), Row(6, "M", "60", "RLO"),
                      Row(7, "M", "60", "LLO"), Row(8, "M", "60", ""));
}

TEST(BraxTest, RowsAreReadFieldByField) {
  const TempDir folder;
  WriteTree(folder.path(), {{kTable, Table()}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadBrax(folder.path()));
  EXPECT_EQ(index.source, "brax");
  EXPECT_EQ(index.folds, 0);
  ASSERT_EQ(index.examples.size(), 9u);
  ASSERT_EQ(index.labels.size(), 9u * 14u);
  const Example& first = index.examples[0];
  EXPECT_EQ(first.id, "images/id_0a/Study_1/Series_1/image-0.png");
  EXPECT_EQ(first.path, first.id);
  EXPECT_EQ(first.patient_id, "id_0a");
  EXPECT_EQ(first.study_id, "acc0");
  EXPECT_EQ(first.sex, Sex::kMale);
  EXPECT_EQ(first.age_years, 85);
  EXPECT_EQ(first.part, Part::kNone);
  EXPECT_EQ(index.examples[1].age_years, 45);
  EXPECT_EQ(index.examples[1].sex, Sex::kFemale);
  EXPECT_EQ(index.examples[2].sex, Sex::kUnknown);
  EXPECT_EQ(index.examples[3].age_years, kUnknownAge);
  std::vector<View> views;
  for (const Example& example : index.examples) {
    views.push_back(example.view);
  }
  EXPECT_THAT(views, ElementsAre(View::kAp, View::kPa, View::kLateral,
                                 View::kLateral, View::kOther, View::kOther,
                                 View::kOther, View::kOther, View::kUnknown));
}

TEST(BraxTest, LabelsAreFoundByName) {
  const TempDir folder;
  WriteTree(folder.path(), {{kTable, Table()}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadBrax(folder.path()));
  EXPECT_EQ(index.label_names[3], "Lung Lesion");
  EXPECT_EQ(index.label_names[4], "Lung Opacity");
  EXPECT_TRUE(std::isnan(index.Label(0, 0)));
  EXPECT_EQ(index.Label(0, 3), kPositive);
  EXPECT_EQ(index.Label(0, 4), kNegative);
  EXPECT_EQ(index.Label(0, 6), kUncertain);
  EXPECT_EQ(index.Label(8, 13), kPositive);
}

TEST(BraxTest, WhatIsNotSaidIsRemarked) {
  const TempDir folder;
  WriteTree(folder.path(),
            {{kTable, absl::StrReplaceAll(Table(), {{",acc4,", ",,"}})}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadBrax(folder.path()));
  EXPECT_EQ(index.examples[8].study_id, "");
  EXPECT_THAT(
      RemarksOf(index),
      ElementsAre(
          Pair("images without a study", "1, master_spreadsheet_update.csv:10"),
          Pair("sexes that are neither male nor female, taken as unknown",
               "1, master_spreadsheet_update.csv:4"),
          Pair("views blank or UNK, taken as unknown",
               "1, master_spreadsheet_update.csv:10"),
          Pair("views that are neither frontal nor lateral, taken as other",
               "4, master_spreadsheet_update.csv:6: RLD")));
}

TEST(BraxTest, PathIsCutAtBothEnds) {
  const TempDir folder;
  WriteTree(folder.path(),
            {{"brax-1.1.0/master_spreadsheet_update.csv.gz",
              absl::StrReplaceAll(Table(), {{",images/", ",brax/images/"},
                                            {".png-000123", ".png.png012"}})}});
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                       BraxFiles(folder.path()));
  EXPECT_THAT(files,
              ElementsAre("brax-1.1.0/master_spreadsheet_update.csv.gz"));
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadBrax(folder.path()));
  EXPECT_EQ(index.examples[0].id, "images/id_0a/Study_1/Series_1/image-0.png");
  EXPECT_EQ(index.examples[0].path,
            "brax-1.1.0/images/id_0a/Study_1/Series_1/image-0.png");
}

TEST(BraxTest, MissingTableIsNotFound) {
  const TempDir folder;
  for (const absl::Status& status :
       {BraxFiles(folder.path()).status(), ReadBrax(folder.path()).status()}) {
    EXPECT_THAT(status,
                StatusIs(absl::StatusCode::kNotFound,
                         AllOf(HasSubstr(folder.path()), HasSubstr(kTable))));
  }
}

TEST(BraxTest, BadCellsAreDataLossWithFileAndLine) {
  const std::vector<std::vector<std::string>> cases = {
      {"45-49", "middle", ":3: PatientAge: found 'middle', expected an age"},
      {",O,60", ",X,60", ":4: PatientSex: found 'X', expected M, F"},
      {"image-2.png", "image-2.jpg", ":4: PngPath: found 'images/id_0a/"},
      {",images/id_0a/Study_1/Series_1/image-2.png", ",image-2.png",
       ":4: PngPath: found 'image-2.png-000123', expected a path with images/"},
      {",id_0a,F", ",,F", ":3: PatientID: found '', expected a patient"},
      {"image-1.png", "image-0.png", ":3: found images/id_0a"},
      {",1,AP", ",9,AP", ":2: Support Devices: found '9', expected 1, 0, -1"},
      {",ViewPosition,", ",View,", ": no column 'ViewPosition'"},
      {",Lung Lesion,", ",Lesion,", ": no column 'Lung Lesion'"},
  };
  for (const auto& texts : cases) {
    EXPECT_THAT(Table(), HasSubstr(texts[0]));
    const TempDir folder;
    WriteTree(folder.path(),
              {{kTable, absl::StrReplaceAll(Table(), {{texts[0], texts[1]}})}});
    EXPECT_THAT(ReadBrax(folder.path()),
                StatusIs(absl::StatusCode::kDataLoss,
                         HasSubstr(absl::StrCat(kTable, texts[2]))));
  }
}

}  // namespace
}  // namespace cxr
