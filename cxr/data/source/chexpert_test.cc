// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexpert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::NanSensitiveFloatEq;
using ::testing::Pair;

const float kNone = std::nanf("");

constexpr char kLabels[] =
    "No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung "
    "Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural "
    "Effusion,Pleural Other,Fracture,Support Devices";

std::string Train() {
  return absl::StrCat(
      "Path,Sex,Age,Frontal/Lateral,AP/PA,", kLabels, "\n",
      "CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg,Female,68,"
      "Frontal,AP,1.0,,,0.0,,,-1.0,,,0.0,,,,1.0\n"
      "CheXpert-v1.0/train/patient00002/study2/view1_frontal.jpg,Male,90,"
      "Frontal,PA,,,,,,,,,,,,,,\n"
      "CheXpert-v1.0/train/patient00002/study2/view2_lateral.jpg,Male,90,"
      "Lateral,,,,,,,,,,,,,,,\n"
      "CheXpert-v1.0/train/patient00003/study1/view1_frontal.jpg,Unknown,0,"
      "Frontal,LL,,,,,,,,,,,,,,\n"
      "CheXpert-v1.0/train/patient00004/study1/view1_frontal.jpg,Male,0,"
      "Frontal,RL,,,,,,,,,,,,,,\n"
      "CheXpert-v1.0/train/patient00005/study1/view1_frontal.jpg,Male,12,"
      "Frontal,,,,,,,,,,,,,,,\n");
}

std::string Valid() {
  return absl::StrCat(
      "Path,Sex,Age,Frontal/Lateral,AP/PA,", kLabels, "\n",
      "CheXpert-v1.0/valid/patient64541/study1/view1_frontal.jpg,Male,73,"
      "Frontal,AP,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0\n");
}

// The labels in another order than in train.csv.
constexpr char kTest[] =
    "Path,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,"
    "Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,"
    "Pleural Other,Fracture,Support Devices,No Finding\n"
    "test/patient64741/study1/view1_frontal.jpg,1,0,0,0,0,0,0,0,0,0,0,0,1,0\n"
    "test/patient64741/study1/view2_lateral.jpg,0,0,0,0,0,0,0,0,0,0,0,0,0,1\n";

std::vector<float> LabelsOf(const ImageIndex& index, int row) {
  const auto first = index.labels.begin() + row * index.label_names.size();
  return {first, first + index.label_names.size()};
}

testing::Matcher<std::vector<float>> AreLabels(std::vector<float> labels) {
  std::vector<testing::Matcher<float>> matchers;
  for (const float label : labels) {
    matchers.push_back(NanSensitiveFloatEq(label));
  }
  return testing::ElementsAreArray(matchers);
}

TEST(ChexpertTest, RowsAreReadFieldByField) {
  const TempDir folder;
  WriteTree(folder.path(), {{"CheXpert-v1.0/train.csv", Train()},
                            {"CheXpert-v1.0/valid.csv", Valid()},
                            {"CheXpert/test_labels.csv", kTest}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadChexpert(folder.path()));
  EXPECT_EQ(index.source, "chexpert");
  EXPECT_EQ(index.folds, 0);
  EXPECT_EQ(index.label_names.front(), "No Finding");
  EXPECT_EQ(index.label_names.back(), "Support Devices");
  ASSERT_EQ(index.examples.size(), 9u);
  ASSERT_EQ(index.labels.size(), 9u * 14u);

  const Example& first = index.examples[0];
  EXPECT_EQ(first.id, "train/patient00001/study1/view1_frontal.jpg");
  EXPECT_EQ(first.path,
            "CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg");
  EXPECT_EQ(first.patient_id, "patient00001");
  EXPECT_EQ(first.study_id, "patient00001/study1");
  EXPECT_EQ(first.part, Part::kTraining);
  EXPECT_EQ(first.view, View::kAp);
  EXPECT_EQ(first.sex, Sex::kFemale);
  EXPECT_EQ(first.age_years, 68);
  EXPECT_EQ(first.fold, kNoFold);
  EXPECT_THAT(
      LabelsOf(index, 0),
      AreLabels({kPositive, kNone, kNone, kNegative, kNone, kNone, kUncertain,
                 kNone, kNone, kNegative, kNone, kNone, kNone, kPositive}));
  EXPECT_THAT(LabelsOf(index, 1), AreLabels(std::vector<float>(14, kNone)));

  EXPECT_EQ(index.examples[6].part, Part::kValidation);
  EXPECT_EQ(index.examples[6].age_years, 73);
  const Example& test = index.examples[7];
  EXPECT_EQ(test.id, "test/patient64741/study1/view1_frontal.jpg");
  EXPECT_EQ(test.path, "CheXpert/test/patient64741/study1/view1_frontal.jpg");
  EXPECT_EQ(test.part, Part::kTest);
  EXPECT_EQ(test.sex, Sex::kUnknown);
  EXPECT_EQ(test.age_years, kUnknownAge);
  EXPECT_THAT(LabelsOf(index, 7),
              AreLabels({0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_THAT(LabelsOf(index, 8),
              AreLabels({1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(ChexpertTest, WhatIsNotSaidIsUnknownWithARemark) {
  const TempDir folder;
  WriteTree(folder.path(), {{"train.csv", Train()},
                            {"valid.csv", Valid()},
                            {"test_labels.csv", kTest}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadChexpert(folder.path()));
  std::vector<View> views;
  for (const Example& example : index.examples) {
    views.push_back(example.view);
  }
  EXPECT_THAT(views, ElementsAre(View::kAp, View::kPa, View::kLateral,
                                 View::kOther, View::kOther, View::kFrontal,
                                 View::kAp, View::kFrontal, View::kLateral));
  EXPECT_EQ(index.examples[3].sex, Sex::kUnknown);
  EXPECT_EQ(index.examples[3].age_years, kUnknownAge);
  EXPECT_EQ(index.examples[5].age_years, 12);
  EXPECT_THAT(
      RemarksOf(index),
      ElementsAre(
          Pair("ages 0, taken as unknown", "2, train.csv:5"),
          Pair("frontal images that are not said to be PA or AP",
               "1, train.csv:7"),
          Pair("frontal images with another view than PA or AP, taken as other",
               "2, train.csv:5: LL"),
          Pair("sexes that are neither male nor female, taken as unknown",
               "1, train.csv:5")));
}

TEST(ChexpertTest, AnyRootIsFound) {
  const std::string small = absl::StrReplaceAll(
      Train(), {{"CheXpert-v1.0/", "CheXpert-v1.0-small/"}});
  const std::vector<std::pair<std::string, std::string>> tables = {
      {"", Train()},
      {"", small},
      {"", absl::StrReplaceAll(Train(), {{"CheXpert-v1.0/", ""}})},
      {"CheXpert-v1.0", Train()},
      {"CheXpert-v1.0-small", small},
      {"CheXpert-v1.0-small", Train()},
  };
  for (const auto& [root, table] : tables) {
    const TempDir folder;
    WriteTree(folder.path(), {{JoinPath(root, "train.csv"), table},
                              {JoinPath(root, "test_labels.csv"), kTest}});
    ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadChexpert(folder.path()));
    EXPECT_EQ(index.examples[0].id,
              "train/patient00001/study1/view1_frontal.jpg");
    EXPECT_EQ(index.examples[0].path, JoinPath(root, index.examples[0].id));
    EXPECT_EQ(index.examples[6].path, JoinPath(root, index.examples[6].id));
    EXPECT_EQ(index.examples[6].part, Part::kTest);
  }
}

TEST(ChexpertTest, FilesAreThoseThatAreRead) {
  const TempDir folder;
  for (const auto& status : {ChexpertFiles(folder.path()).status(),
                             ReadChexpert(folder.path()).status()}) {
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                                 AllOf(HasSubstr(folder.path()),
                                       HasSubstr("no train.csv"))));
  }
  WriteTree(folder.path(), {{"CheXpert-v1.0/train.csv", Train()}});
  ASSERT_OK_AND_ASSIGN(std::vector<std::string> files,
                       ChexpertFiles(folder.path()));
  EXPECT_THAT(files, ElementsAre("CheXpert-v1.0/train.csv"));
  ASSERT_OK_AND_ASSIGN(ImageIndex index, ReadChexpert(folder.path()));
  EXPECT_EQ(index.examples.size(), 6u);
  EXPECT_EQ(RemarksOf(index).count("no valid.csv: its images are not indexed"),
            1u);
  EXPECT_EQ(
      RemarksOf(index).count("no test_labels.csv: its images are not indexed"),
      1u);
  WriteTree(folder.path(), {{"CheXpert/test_labels.csv", kTest},
                            {"CheXpert-v1.0/valid.csv.gz", Valid()}});
  ASSERT_OK_AND_ASSIGN(files, ChexpertFiles(folder.path()));
  EXPECT_THAT(files, ElementsAre("CheXpert-v1.0/train.csv",
                                 "CheXpert-v1.0/valid.csv.gz",
                                 "CheXpert/test_labels.csv"));
  WriteTree(folder.path(), {{"CheXpert-v1.0-small/train.csv", Train()}});
  EXPECT_THAT(ChexpertFiles(folder.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("CheXpert-v1.0/train.csv and "
                                 "CheXpert-v1.0-small/train.csv")));
}

TEST(ChexpertTest, ByteOrderMarkAndCarriageReturnsAreNoMatter) {
  const TempDir folder;
  WriteTree(folder.path(),
            {{"train.csv",
              absl::StrCat("\xef\xbb\xbf",
                           absl::StrReplaceAll(Train(), {{"\n", "\r\n"}}))},
             {"valid.csv", Valid()},
             {"test_labels.csv", kTest}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadChexpert(folder.path()));
  EXPECT_EQ(index.examples[0].view, View::kAp);
  EXPECT_EQ(index.Label(0, 13), kPositive);
}

// What ReadChexpert says when train.csv holds `to` instead of its `from`.
absl::Status StatusAfter(const std::string& from, const std::string& to) {
  EXPECT_THAT(Train(), HasSubstr(from));
  const TempDir folder;
  WriteTree(folder.path(),
            {{"train.csv", absl::StrReplaceAll(Train(), {{from, to}})}});
  return ReadChexpert(folder.path()).status();
}

TEST(ChexpertTest, BadCellsAreDataLossWithFileAndLine) {
  const std::vector<std::vector<std::string>> cases = {
      {"Frontal,PA", "Above,PA",
       ":3: Frontal/Lateral: found 'Above', expected Frontal or Lateral"},
      {"Female,68", "Woman,68", ":2: Sex: found 'Woman', expected M, F"},
      {"Female,68", "Female,-3", ":2: Age: found '-3', expected an age"},
      {"-1.0", "-2.0", ":2: Consolidation: found '-2.0', expected 1, 0, -1"},
      {"patient00002/study2/view2_lateral.jpg", "view2_lateral.jpg",
       ":4: Path: found 'CheXpert-v1.0/train/view2_lateral.jpg', expected "
       "PART"},
      {"view2_lateral.jpg", "view2_oblique.jpg", ":4: Path: found"},
      {"view2_lateral.jpg", "view2_lateral.png", ":4: Path: found"},
      {"Lateral,,,", "Lateral,,", "cells"},
      {"patient00005/study1", "patient00004/study1",
       ":7: found train/patient00004/study1/view1_frontal.jpg, which stands "
       "at"},
      {",Edema,", ",Oedema,", "'Edema'"},
      {",AP/PA,", ",Projection,", "'AP/PA'"},
      {"Path,", "File,", "'Path'"},
  };
  for (const auto& texts : cases) {
    EXPECT_THAT(StatusAfter(texts[0], texts[1]),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr("train.csv"), HasSubstr(texts[2]))));
  }
}

TEST(ChexpertTest, ImageOnTwoListsIsDataLoss) {
  const TempDir folder;
  WriteTree(
      folder.path(),
      {{"train.csv", Train()},
       {"valid.csv", absl::StrReplaceAll(Valid(), {{"valid/patient64541",
                                                    "train/patient00001"}})}});
  EXPECT_THAT(ReadChexpert(folder.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr(folder.File("valid.csv:2: found")),
                             HasSubstr(folder.File("train.csv:2 already")))));
}

}  // namespace
}  // namespace cxr
