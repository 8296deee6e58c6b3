// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/rsna.h"

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
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using Tree = std::map<std::string, std::string>;

constexpr char kLabels[] = "stage_2_train_labels.csv";
constexpr char kTestLabels[] = "stage_2_test_labels.csv";
constexpr char kClasses[] = "stage_2_detailed_class_info.csv";
constexpr char kHeaders[] = "dicom_headers.csv";
constexpr char kSubmission[] = "stage_2_sample_submission.csv";

// "b-2" has two boxes, with a row of another patient between.
Tree Source() {
  return {
      {kLabels,
       "patientId,x,y,width,height,Target\n"
       "a-1,,,,,0\n"
       "b-2,264.0,152.0,213.0,379.0,1\n"
       "c-3,1.0,2.0,3.0,4.0,1\n"
       "b-2,562.0,153.0,256.0,453.0,1\n"
       "d-4,,,,,0\n"},
      {kClasses,
       "patientId,class\n"
       "a-1,No Lung Opacity / Not Normal\n"
       "b-2,Lung Opacity\n"
       "b-2,Lung Opacity\n"
       "c-3,Lung Opacity\n"
       "d-4,Normal\n"},
      {kHeaders,
       "PatientID,PatientAge,PatientSex,ViewPosition\n"
       "d-4,155,M,PA\n"
       "a-1,62,F,AP\n"
       "b-2,33,M,PA\n"
       "c-3,40,M,AP\n"},
  };
}

absl::StatusOr<ImageIndex> Read(const Tree& tree) {
  const TempDir dir;
  WriteTree(dir.path(), tree);
  return ReadRsna(dir.path());
}

// The status after replacing `from`, which must be there, in one file.
absl::Status StatusAfter(const std::string& file, const std::string& from,
                         const std::string& to) {
  Tree tree = Source();
  EXPECT_THAT(tree[file], HasSubstr(from));
  tree[file] = absl::StrReplaceAll(tree[file], {{from, to}});
  return Read(tree).status();
}

auto IsBox(int example, float left, float top, float width, float height) {
  return AllOf(Field("example", &FindingBox::example, example),
               Field("label", &FindingBox::label, "Pneumonia"),
               Field("reader", &FindingBox::reader, ""),
               Field("left", &FindingBox::left, left),
               Field("top", &FindingBox::top, top),
               Field("width", &FindingBox::width, width),
               Field("height", &FindingBox::height, height));
}

TEST(RsnaTest, RowsOfAPatientAreOneExample) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Source()));
  EXPECT_EQ(index.source, "rsna");
  ASSERT_EQ(index.examples.size(), 4u);
  const Example& example = index.examples[1];
  EXPECT_EQ(example.id, "b-2");
  EXPECT_EQ(example.patient_id, "b-2");
  EXPECT_EQ(example.study_id, "");
  EXPECT_EQ(example.path, "stage_2_train_images/b-2.dcm");
  EXPECT_EQ(example.view, View::kPa);
  EXPECT_EQ(example.sex, Sex::kMale);
  EXPECT_EQ(example.part, Part::kTraining);
  EXPECT_EQ(example.age_years, 33);
  EXPECT_EQ(index.examples[0].view, View::kAp);
  EXPECT_EQ(index.examples[0].sex, Sex::kFemale);
  EXPECT_EQ(index.examples[3].age_years, kUnknownAge);
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(
                  Pair(HasSubstr("ages above 120"), "1, dicom_headers.csv:2")));
}

TEST(RsnaTest, BoxesAreSortedByExample) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Source()));
  EXPECT_THAT(index.boxes,
              ElementsAre(IsBox(1, 264, 152, 213, 379),
                          IsBox(1, 562, 153, 256, 453), IsBox(2, 1, 2, 3, 4)));
}

TEST(RsnaTest, LabelsAreTargetAndTheClassesWithoutIt) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Source()));
  EXPECT_THAT(
      index.label_names,
      ElementsAre("Pneumonia", "No Lung Opacity / Not Normal", "Normal"));
  EXPECT_EQ(index.labels, (std::vector<float>{0, 1, 0,  //
                                              1, 0, 0,  //
                                              1, 0, 0,  //
                                              0, 0, 1}));
}

TEST(RsnaTest, TableOfLabelsAloneIsEnough) {
  Tree tree = Source();
  tree.erase(kClasses);
  tree.erase(kHeaders);
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_THAT(index.label_names, ElementsAre("Pneumonia"));
  EXPECT_EQ(index.labels, (std::vector<float>{0, 1, 1, 0}));
  EXPECT_EQ(index.examples[1].view, View::kUnknown);
  EXPECT_EQ(index.examples[1].sex, Sex::kUnknown);
  EXPECT_EQ(index.examples[1].age_years, kUnknownAge);
  EXPECT_THAT(RemarksOf(index), UnorderedElementsAre(Pair(
                                    HasSubstr("views, sexes and ages unknown"),
                                    "1, dicom_headers.csv")));
}

TEST(RsnaTest, WhatTablesLackIsUnknownWithARemark) {
  Tree tree = Source();
  tree[kClasses] = absl::StrReplaceAll(tree[kClasses], {{"d-4,Normal\n", ""}});
  tree[kHeaders] = absl::StrReplaceAll(
      tree[kHeaders], {{"c-3", "of-a-test-image"}, {"155", ""}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_EQ(index.Label(3, 0), 0.0f);
  EXPECT_TRUE(std::isnan(index.Label(3, 1)));
  EXPECT_TRUE(std::isnan(index.Label(3, 2)));
  EXPECT_EQ(index.examples[2].view, View::kUnknown);
  EXPECT_EQ(index.examples[3].age_years, kUnknownAge);
  EXPECT_THAT(
      RemarksOf(index),
      UnorderedElementsAre(Pair(HasSubstr("images without a class"),
                                "1, stage_2_train_labels.csv:6"),
                           Pair(HasSubstr("headers of images without labels"),
                                "1, dicom_headers.csv:5"),
                           Pair(HasSubstr("images without a header"),
                                "1, stage_2_train_labels.csv:4")));
}

TEST(RsnaTest, TestImagesWithoutLabelsAreCounted) {
  Tree tree = Source();
  tree[kSubmission] =
      "patientId,PredictionString\n"
      "t-1,0.5 0 0 100 100\n"
      "t-2,0.5 0 0 100 100\n";
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_EQ(index.examples.size(), 4u);
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(
                  Pair(HasSubstr("ages above"), "1, dicom_headers.csv:2"),
                  Pair(HasSubstr("test images without labels, left out"),
                       "2, stage_2_sample_submission.csv:2")));
}

TEST(RsnaTest, TestImagesWithLabelsAreInTheIndex) {
  Tree tree = Source();
  tree[kTestLabels] = "patientId,Target\nt-1,1\nt-2,0\n";
  tree[kSubmission] = "patientId,PredictionString\nt-2,\nt-1,\nt-3,\n";
  absl::StrAppend(&tree[kHeaders], "t-1,50,F,AP\nt-2,51,F,AP\n");
  ASSERT_OK_AND_ASSIGN(ImageIndex index, Read(tree));
  ASSERT_EQ(index.examples.size(), 6u);
  EXPECT_EQ(index.examples[4].id, "t-1");
  EXPECT_EQ(index.examples[4].path, "stage_2_test_images/t-1.dcm");
  EXPECT_EQ(index.examples[4].part, Part::kTest);
  EXPECT_EQ(index.examples[4].age_years, 50);
  EXPECT_EQ(index.Label(4, 0), 1.0f);
  EXPECT_EQ(index.Label(5, 0), 0.0f);
  EXPECT_TRUE(std::isnan(index.Label(4, 1)));
  EXPECT_EQ(index.boxes.size(), 3u);
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(
                  Pair(HasSubstr("images without a class"),
                       "2, stage_2_test_labels.csv:2"),
                  Pair(HasSubstr("ages above"), "1, dicom_headers.csv:2"),
                  Pair(HasSubstr("test images without labels"),
                       "1, stage_2_sample_submission.csv:4")));

  tree[kTestLabels] = "patientId,x,y,width,height,Target\nt-1,9,8,7,6,1\n";
  ASSERT_OK_AND_ASSIGN(index, Read(tree));
  ASSERT_EQ(index.boxes.size(), 4u);
  EXPECT_THAT(index.boxes[3], IsBox(4, 9, 8, 7, 6));
}

TEST(RsnaTest, NamedFilesAreThoseThatAreThere) {
  const TempDir dir;
  EXPECT_THAT(RsnaFiles(dir.path()),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(dir.path()), HasSubstr(kLabels))));
  EXPECT_THAT(ReadRsna(dir.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(kLabels)));
  WriteTree(dir.path(), Source());
  ASSERT_OK_AND_ASSIGN(std::vector<std::string> files, RsnaFiles(dir.path()));
  EXPECT_THAT(files, ElementsAre(kLabels, kClasses, kHeaders));
  WriteTree(dir.path(), {{kTestLabels, ""}, {kSubmission, ""}});
  ASSERT_OK_AND_ASSIGN(files, RsnaFiles(dir.path()));
  EXPECT_THAT(files, ElementsAre(kLabels, kTestLabels, kClasses, kHeaders,
                                 kSubmission));
}

TEST(RsnaTest, BadTableIsDataLossNamingTheLine) {
  struct Case {
    std::string file;
    std::string from;
    std::string to;
    std::string text;
  };
  const std::vector<Case> cases = {
      {kLabels, "Target", "T", "Target"},
      {kLabels, "patientId", "id", "patientId"},
      {kLabels, ",height", ",h", "height"},
      {kLabels, "a-1,,,,,0", "a-1,,,,,2", ":2: Target: found '2', expected"},
      {kLabels, "a-1,,,,,0", "a-1,,,,,-1",
       ":2: Target: found '-1', expected 0 or 1"},
      {kLabels, "a-1,,,,,0", "a-1,,,,,", ":2: Target: found '', expected 0 or"},
      {kLabels, "a-1,,,,,0", ",,,,,0", ":2: found an image without an id"},
      {kLabels, "a-1,,,,,0", "a-1,,5,,,0",
       ":2: y: found '5', expected nothing, as Target is 0"},
      {kLabels, "152.0", "",
       ":3: y: found '', expected pixels, as Target is 1"},
      {kLabels, "152.0", "-1", ":3: y: found '-1', expected pixels"},
      {kLabels, "152.0", "inf", ":3: y: found 'inf', expected pixels"},
      {kLabels, "562.0,153.0,256.0,453.0,1", ",,,,0",
       ":5: Target: found '0', expected the Target of b-2 at "},
      {kLabels, "d-4", "a-1", ":6: patientId: found 'a-1', expected one row"},
      {kClasses, "class", "c", "class"},
      {kClasses, "d-4", "e-5",
       ":6: patientId: found 'e-5', expected a patient of the tables of"},
      {kClasses, "d-4,Normal", "d-4,Fine",
       ":6: class: found 'Fine', expected Lung Opacity, No Lung Opacity / Not "
       "Normal, Normal"},
      {kClasses, "d-4,Normal", "d-4,Lung Opacity",
       ":6: class: found 'Lung Opacity', expected a class that agrees"},
      {kClasses, "c-3,Lung Opacity", "c-3,Normal",
       ":5: class: found 'Normal', expected a class that agrees"},
      {kClasses, "d-4,Normal", "a-1,Normal",
       ":6: class: found 'Normal', expected a class that agrees"},
      {kHeaders, "PatientAge", "Age", "PatientAge"},
      {kHeaders, "d-4,", "a-1,", ":3: PatientID: found 'a-1', expected one"},
      {kHeaders, ",33,", ",old,", ":4: PatientAge: found 'old', expected"},
      {kHeaders, "33,M", "33,?", ":4: PatientSex: found '?', expected"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_THAT(StatusAfter(c.file, c.from, c.to),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr(c.file), HasSubstr(c.text))));
  }
}

TEST(RsnaTest, PatientOfBothPartsIsDataLoss) {
  Tree tree = Source();
  tree[kTestLabels] = "patientId,Target\na-1,0\n";
  EXPECT_THAT(
      Read(tree),
      StatusIs(absl::StatusCode::kDataLoss,
               AllOf(HasSubstr("stage_2_test_labels.csv:2: patientId: found "
                               "'a-1', expected a patient in one part"),
                     HasSubstr("stage_2_train_labels.csv:2"))));
}

}  // namespace
}  // namespace cxr
