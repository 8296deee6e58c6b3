// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/vindr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"
#include "cxr/data/source/vindr_labels.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using Tree = std::map<std::string, std::string>;

constexpr char kTraining[] = "annotations/image_labels_train.csv";
constexpr char kTest[] = "annotations/image_labels_test.csv";
constexpr char kTrainingBoxes[] = "annotations/annotations_train.csv";
constexpr char kTestBoxes[] = "annotations/annotations_test.csv";
constexpr char kKaggle[] = "train.csv";

// An image id that ends in `digit`.
std::string Id(char digit) { return std::string(31, '0') + digit; }

// A row that names the given labels, by their places.
std::string Row(const std::string& start, const std::vector<int>& positives) {
  std::vector<int> cells(kVindrLabels.size());
  for (const int label : positives) {
    cells[label] = 1;
  }
  return absl::StrCat(start, ",", absl::StrJoin(cells, ","), "\n");
}

std::string TrainingHeader() {
  return absl::StrCat("image_id,rad_id,", absl::StrJoin(kVindrLabels, ","),
                      "\n");
}

// Two training images and one for testing. Aortic enlargement is label 0, Lung
// Opacity 11, No finding 27.
Tree PhysioNet() {
  // The test table says "Other disease".
  const std::string test_header = absl::StrReplaceAll(
      absl::StrCat("image_id,", absl::StrJoin(kVindrLabels, ","), "\n"),
      {{"Other diseases", "Other disease"}});
  return {
      {kTraining,
       absl::StrCat(TrainingHeader(), Row(Id('a') + ",R1", {0, 11}),
                    Row(Id('b') + ",R8", {27}), Row(Id('a') + ",R2", {0}),
                    Row(Id('b') + ",R9", {27}), Row(Id('b') + ",R10", {27}),
                    Row(Id('a') + ",R11", {26}))},
      {kTest, absl::StrCat(test_header, Row(Id('c'), {11, 26}))},
      {kTrainingBoxes,
       absl::StrCat("image_id,rad_id,class_name,x_min,y_min,x_max,y_max\n",
                    Id('b'), ",R8,No finding,,,,\n", Id('a'),
                    ",R1,Lung Opacity,10,20,30,60\n", Id('d'),
                    ",R1,Lung Opacity,10,20,30,60\n", Id('a'),
                    ",R1,Scar,1,2,3,4\n")},
      {kTestBoxes, absl::StrCat("image_id,class_name,x_min,y_min,x_max,y_max\n",
                                Id('c'), ",Other lesion,1,2,3,4\n")},
  };
}

Tree Kaggle() {
  const auto row = [](char id, const std::string& rest) {
    return absl::StrCat(Id(id), ",", rest, "\n");
  };
  return {
      {kKaggle,
       absl::StrCat(
           "image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max\n",
           row('a', "Cardiomegaly,3,R10,691,1375,1653,1831"),
           row('a', "ILD,5,R9,1,2,3,4"), row('a', "ILD,5,R9,5,6,7,8"),
           row('b', "No finding,14,R1,,,,"), row('a', "ILD,5,R8,1,2,3,4"),
           row('b', "No finding,14,R2,,,,"), row('b', "No finding,14,R3,,,,"),
           row('c', "No finding,14,R3,,,,"))}};
}

absl::StatusOr<ImageIndex> Read(const Tree& tree) {
  const TempDir dir;
  WriteTree(dir.path(), tree);
  return ReadVindr(dir.path());
}

// The status after replacing `from`, which must be there, in one file.
absl::Status StatusAfter(Tree tree, const std::string& file,
                         const std::string& from, const std::string& to) {
  EXPECT_THAT(tree[file], HasSubstr(from));
  tree[file] = absl::StrReplaceAll(tree[file], {{from, to}});
  return Read(tree).status();
}

// The labels of an example that are above 0.
std::map<std::string, float> LabelsOf(const ImageIndex& index, int example) {
  std::map<std::string, float> labels;
  for (size_t i = 0; i < index.label_names.size(); ++i) {
    const float label = index.Label(example, static_cast<int>(i));
    if (label != kNegative) {
      labels[index.label_names[i]] = label;
    }
  }
  return labels;
}

TEST(VindrTest, TrainingLabelsAreSharesOfThreeReaders) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(PhysioNet()));
  EXPECT_EQ(index.source, "vindr");
  ASSERT_EQ(index.examples.size(), 3u);
  EXPECT_EQ(index.labels.size(), 3u * 28u);
  EXPECT_THAT(LabelsOf(index, 0),
              ElementsAre(Pair("Aortic enlargement", 2.0f / 3.0f),
                          Pair("Lung Opacity", 1.0f / 3.0f),
                          Pair("Other diseases", 1.0f / 3.0f)));
  EXPECT_THAT(LabelsOf(index, 1), ElementsAre(Pair("No finding", 1.0f)));
}

TEST(VindrTest, TestLabelsAreThoseOfTheFile) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(PhysioNet()));
  EXPECT_THAT(LabelsOf(index, 2), ElementsAre(Pair("Lung Opacity", 1.0f),
                                              Pair("Other diseases", 1.0f)));
}

TEST(VindrTest, ExamplesAreNamedByTheirImage) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(PhysioNet()));
  const Example& first = index.examples[0];
  EXPECT_EQ(first.id, Id('a'));
  EXPECT_EQ(first.patient_id, Id('a'));
  EXPECT_EQ(first.study_id, "");
  EXPECT_EQ(first.path, "train/" + Id('a') + ".dicom");
  EXPECT_EQ(first.view, View::kPa);
  EXPECT_EQ(first.sex, Sex::kUnknown);
  EXPECT_EQ(first.part, Part::kTraining);
  EXPECT_EQ(first.age_years, kUnknownAge);
  EXPECT_EQ(index.examples[1].part, Part::kTraining);
  EXPECT_EQ(index.examples[2].path, "test/" + Id('c') + ".dicom");
  EXPECT_EQ(index.examples[2].part, Part::kTest);
}

TEST(VindrTest, PathsEndAsTheFilesThere) {
  Tree tree = PhysioNet();
  tree["train/" + Id('a') + ".png"] = "";
  tree["test/" + Id('c') + ".dcm"] = "";
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_EQ(index.examples[1].path, "train/" + Id('b') + ".png");
  EXPECT_EQ(index.examples[2].path, "test/" + Id('c') + ".dcm");
}

TEST(VindrTest, BoxesAreSortedByExample) {
  Tree tree = PhysioNet();
  tree[kTrainingBoxes] = absl::StrReplaceAll(
      tree[kTrainingBoxes], {{"R8,No finding,,,,", "R8,ILD,5,6,7,8"}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  ASSERT_EQ(index.boxes.size(), 4u);
  EXPECT_EQ(index.boxes[0].example, 0);
  EXPECT_EQ(index.boxes[0].label, "Lung Opacity");
  EXPECT_EQ(index.boxes[0].reader, "R1");
  EXPECT_EQ(index.boxes[0].width, 20.0f);
  EXPECT_EQ(index.boxes[1].label, "Scar");
  EXPECT_EQ(index.boxes[2].example, 1);
  EXPECT_EQ(index.boxes[2].label, "ILD");
  EXPECT_EQ(index.boxes[3].example, 2);
  EXPECT_EQ(index.boxes[3].label, "Other lesion");
  EXPECT_EQ(index.boxes[3].reader, "");
}

TEST(VindrTest, StrangeBoxesAreRemarked) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(PhysioNet()));
  EXPECT_THAT(RemarksOf(index),
              ElementsAre(Pair("boxes of 'Scar', which is no label",
                               "1, annotations_train.csv:5"),
                          Pair("boxes of images without labels, left out",
                               "1, annotations_train.csv:4")));
}

TEST(VindrTest, ImageOfTwoReadersIsRemarked) {
  Tree tree = PhysioNet();
  tree[kTraining] =
      absl::StrReplaceAll(tree[kTraining], {{Row(Id('a') + ",R11", {26}), ""}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_THAT(LabelsOf(index, 0), ElementsAre(Pair("Aortic enlargement", 1.0f),
                                              Pair("Lung Opacity", 0.5f)));
  EXPECT_EQ(RemarksOf(index)["images without exactly 3 readers, labelled by "
                             "those there are"],
            "1, image_labels_train.csv:2");
}

TEST(VindrTest, LabelsMayBeWrittenOtherwise) {
  Tree tree = PhysioNet();
  tree[kTraining] = absl::StrReplaceAll(tree[kTraining],
                                        {{"Other diseases", "OTHER DISEASE(S)"},
                                         {"Lung Opacity", "lung opacity"}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_EQ(index.label_names[26], "Other diseases");
  EXPECT_EQ(LabelsOf(index, 0)["Other diseases"], 1.0f / 3.0f);
}

TEST(VindrTest, KaggleFormCountsTheReadersOfItsBoxes) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Kaggle()));
  EXPECT_EQ(index.label_names,
            std::vector<std::string>(kVindrKaggleLabels.begin(),
                                     kVindrKaggleLabels.end()));
  ASSERT_EQ(index.examples.size(), 3u);
  // R9 drew two boxes of it.
  EXPECT_THAT(LabelsOf(index, 0), ElementsAre(Pair("Cardiomegaly", 1.0f / 3.0f),
                                              Pair("ILD", 2.0f / 3.0f)));
  EXPECT_THAT(LabelsOf(index, 1), ElementsAre(Pair("No finding", 1.0f)));
  EXPECT_THAT(LabelsOf(index, 2), ElementsAre(Pair("No finding", 1.0f)));
  EXPECT_EQ(index.examples[0].path, "train/" + Id('a') + ".dicom");
  EXPECT_EQ(index.examples[2].part, Part::kTraining);
  EXPECT_EQ(index.boxes.size(), 4u);
  EXPECT_THAT(RemarksOf(index),
              ElementsAre(Pair("images without exactly 3 readers, labelled by "
                               "those there are",
                               "1, train.csv:9")));
}

TEST(VindrTest, FilesAreThoseThere) {
  const TempDir dir;
  EXPECT_THAT(VindrFiles(dir.path()),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(dir.path()), HasSubstr(kTraining),
                             HasSubstr(kKaggle))));
  Tree tree = PhysioNet();
  tree["annotations/image_labels_test.csv.gz"] = tree[kTest];
  tree.erase(kTest);
  tree.erase(kTestBoxes);
  WriteTree(dir.path(), tree);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                       VindrFiles(dir.path()));
  EXPECT_THAT(files, ElementsAre(kTraining, std::string(kTest) + ".gz",
                                 kTrainingBoxes));
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadVindr(dir.path()));
  EXPECT_EQ(index.examples.size(), 3u);
}

TEST(VindrTest, KaggleTableIsTakenWhereItIsAlone) {
  const TempDir dir;
  WriteTree(dir.path(), Kaggle());
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                       VindrFiles(dir.path()));
  EXPECT_THAT(files, ElementsAre(kKaggle));
  WriteTree(dir.path(), PhysioNet());
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> both,
                       VindrFiles(dir.path()));
  EXPECT_THAT(both, ElementsAre(kTraining, kTest, kTrainingBoxes, kTestBoxes));
}

TEST(VindrTest, HalfOfPhysioNetsTablesIsNotFound) {
  for (const char* missing : {kTraining, kTest}) {
    Tree tree = PhysioNet();
    tree.erase(missing);
    EXPECT_THAT(Read(tree).status(),
                StatusIs(absl::StatusCode::kNotFound, HasSubstr(missing)));
  }
}

TEST(VindrTest, BadCellsAreDataLossWithFileAndLine) {
  const auto is_data_loss = [](const std::string& text) {
    return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(text));
  };
  EXPECT_THAT(
      StatusAfter(PhysioNet(), kTraining, Id('a') + ",R1,1", Id('a') + ",R1,2"),
      is_data_loss("image_labels_train.csv:2: Aortic enlargement: "
                   "found '2', expected 0 or 1"));
  EXPECT_THAT(StatusAfter(PhysioNet(), kTest, Id('c') + ",0", Id('c') + ",-1"),
              is_data_loss("image_labels_test.csv:2: Aortic enlargement: "
                           "found '-1', expected 0 or 1"));
  EXPECT_THAT(StatusAfter(PhysioNet(), kTest, Id('c') + ",0", Id('c') + ","),
              is_data_loss("found '', expected 0 or 1"));
  EXPECT_THAT(StatusAfter(PhysioNet(), kTraining, "R10", "R9"),
              is_data_loss("image_labels_train.csv:6: rad_id: found 'R9', "
                           "expected every reader of an image once"));
  EXPECT_THAT(StatusAfter(PhysioNet(), kTest, Id('c'), "../../secret"),
              is_data_loss("image_labels_test.csv:2: image_id: found "
                           "'../../secret', expected 32 hexadecimal digits"));
  EXPECT_THAT(StatusAfter(PhysioNet(), kTest, Id('c'), Id('a')),
              is_data_loss("image_labels_test.csv:2: found " + Id('a')));
  EXPECT_THAT(StatusAfter(Kaggle(), kKaggle, "Cardiomegaly", "Rib fracture"),
              is_data_loss("train.csv:2: class_name: found 'Rib fracture', "
                           "expected Aortic enlargement, "));
}

TEST(VindrTest, MissingAndDoubledColumnsAreDataLoss) {
  EXPECT_THAT(
      StatusAfter(PhysioNet(), kTest, "Lung Opacity", "Lung"),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("image_labels_test.csv:1: found no column for the "
                         "label 'Lung Opacity', expected one among image_id")));
  EXPECT_THAT(StatusAfter(PhysioNet(), kTest, "Lung Opacity", "Atelectases"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no column")));
  EXPECT_THAT(
      StatusAfter(PhysioNet(), kTest, "Lung tumor", "ATELECTASIS"),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("found the columns 'Atelectasis' and 'ATELECTASIS', "
                         "expected one for the label 'Atelectasis'")));
  EXPECT_THAT(
      StatusAfter(Kaggle(), kKaggle, "rad_id", "reader"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no column 'rad_id'")));
  EXPECT_THAT(
      StatusAfter(PhysioNet(), kTraining, "rad_id", "reader"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no column 'rad_id'")));
}

}  // namespace
}  // namespace cxr
