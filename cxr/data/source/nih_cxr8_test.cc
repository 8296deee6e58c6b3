// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/nih_cxr8.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

constexpr char kTable[] = "Data_Entry_2017_v2020.csv";
constexpr char kOldTable[] = "Data_Entry_2017.csv";
constexpr char kTraining[] = "train_val_list.txt";
constexpr char kTest[] = "test_list.txt";
constexpr char kBoxes[] = "BBox_List_2017.csv";

// The header's brackets hold commas: it is of 11 cells, as the rows are.
constexpr char kHeader[] =
    "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,"
    "Patient Gender,View Position,OriginalImage[Width,Height],"
    "OriginalImagePixelSpacing[x,y]";

// Rows of boxes end in three commas, as the header does, or not.
Tree Source() {
  return {
      {kTable, absl::StrCat(kHeader,
                            "\n"
                            "00000001_000.png,Cardiomegaly|Effusion,0,1,57,M,"
                            "PA,2682,2749,0.143,0.143\n"
                            "00000001_001.png,No Finding,1,1,58,M,AP,2894,2729,"
                            "0.143,0.143\n"
                            "00000002_000.png,Infiltration,0,2,80,F,PA,2500,"
                            "2048,0.171,0.171\n")},
      {kTraining, "00000001_000.png\n00000001_001.png"},
      {kTest, "00000002_000.png\r\n"},
      {kBoxes,
       "Image Index,Finding Label,Bbox [x,y,w,h],,,\n"
       "00000002_000.png,Infiltrate,225.084745762712,547.019216763771,"
       "86.7796610169492,79.1864406779661,,,\n"
       "00000001_000.png,Cardiomegaly,1,2,3,4\n"
       "00000002_000.png,Infiltrate,5,6,7,8,,,\n"},
  };
}

absl::StatusOr<ImageIndex> Read(const Tree& tree) {
  const TempDir dir;
  WriteTree(dir.path(), tree);
  return ReadNihCxr8(dir.path());
}

// The status after replacing `from`, which must be there, in one file.
absl::Status StatusAfter(const std::string& file, const std::string& from,
                         const std::string& to) {
  Tree tree = Source();
  EXPECT_THAT(tree[file], HasSubstr(from));
  tree[file] = absl::StrReplaceAll(tree[file], {{from, to}});
  return Read(tree).status();
}

std::vector<std::string> Paths(const ImageIndex& index) {
  std::vector<std::string> paths;
  for (const Example& example : index.examples) {
    paths.push_back(example.path);
  }
  return paths;
}

TEST(NihCxr8Test, RowIsReadFieldByField) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Source()));
  EXPECT_EQ(index.source, "nih_cxr8");
  EXPECT_EQ(index.folds, 0);
  ASSERT_EQ(index.examples.size(), 3u);
  const Example& example = index.examples[1];
  EXPECT_EQ(example.id, "00000001_001.png");
  EXPECT_EQ(example.patient_id, "1");
  EXPECT_EQ(example.study_id, "");
  EXPECT_EQ(example.path, "images/00000001_001.png");
  EXPECT_EQ(example.view, View::kAp);
  EXPECT_EQ(example.sex, Sex::kMale);
  EXPECT_EQ(example.part, Part::kTraining);
  EXPECT_EQ(example.age_years, 58);
  EXPECT_EQ(index.examples[0].view, View::kPa);
  EXPECT_EQ(index.examples[2].sex, Sex::kFemale);
  EXPECT_EQ(index.examples[2].part, Part::kTest);
  EXPECT_THAT(index.remarks, IsEmpty());
}

TEST(NihCxr8Test, LabelsAreTheFourteenFindings) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Source()));
  EXPECT_THAT(index.label_names,
              ElementsAre("Atelectasis", "Cardiomegaly", "Consolidation",
                          "Edema", "Effusion", "Emphysema", "Fibrosis",
                          "Hernia", "Infiltration", "Mass", "Nodule",
                          "Pleural_Thickening", "Pneumonia", "Pneumothorax"));
  EXPECT_EQ(index.labels,
            (std::vector<float>{0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,  //
                                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  //
                                0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}));
}

TEST(NihCxr8Test, BoxesAreSortedByExampleAndInfiltrateIsRenamed) {
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(Source()));
  ASSERT_EQ(index.boxes.size(), 3u);
  EXPECT_EQ(index.boxes[0].example, 0);
  EXPECT_EQ(index.boxes[0].label, "Cardiomegaly");
  const FindingBox& box = index.boxes[1];
  EXPECT_EQ(box.example, 2);
  EXPECT_EQ(box.label, "Infiltration");
  EXPECT_EQ(box.reader, "");
  EXPECT_FLOAT_EQ(box.left, 225.084745762712f);
  EXPECT_FLOAT_EQ(box.top, 547.019216763771f);
  EXPECT_FLOAT_EQ(box.width, 86.7796610169492f);
  EXPECT_FLOAT_EQ(box.height, 79.1864406779661f);
  EXPECT_EQ(index.boxes[2].left, 5.0f);
}

// The table of 2017 ends every line with a comma and has impossible ages; the
// one of Kaggle's sample writes ages as "060Y".
TEST(NihCxr8Test, TableOf2017IsRead) {
  const Tree tree = {
      {kOldTable,
       absl::StrCat(
           kHeader, ",\n",
           "00000001_000.png,Hernia,0,1,414,M,PA,2682,2749,0.143,0.143,\n"
           "00000002_000.png,Mass,0,2,060Y,F,AP,2500,2048,0.171,0.171,\n")}};
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  ASSERT_EQ(index.examples.size(), 2u);
  EXPECT_EQ(index.examples[0].age_years, kUnknownAge);
  EXPECT_EQ(index.examples[1].age_years, 60);
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(
                  Pair(HasSubstr("ages above 120"), "1, Data_Entry_2017.csv:2"),
                  Pair(HasSubstr("lists of a part"), "2, train_val_list.txt")));
  EXPECT_EQ(index.examples[0].part, Part::kNone);
  EXPECT_THAT(index.boxes, IsEmpty());
}

TEST(NihCxr8Test, ImagesOnNeitherListAreARemark) {
  Tree tree = Source();
  tree[kTraining] = "00000001_000.png\n";
  tree[kTest] = "";
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_EQ(index.examples[1].part, Part::kNone);
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(Pair(HasSubstr("images on neither list"),
                                        "2, Data_Entry_2017_v2020.csv:3")));
}

TEST(NihCxr8Test, BoxOfAFindingThatIsNotNamedIsARemark) {
  Tree tree = Source();
  tree[kBoxes] = absl::StrReplaceAll(tree[kBoxes], {{"Cardiomegaly", "Mass"}});
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(Pair(HasSubstr("labels do not name"),
                                        "1, BBox_List_2017.csv:3")));
}

TEST(NihCxr8Test, PathsFollowTheLayoutFound) {
  Tree kaggle = Source();
  kaggle["images_001/images/00000001_000.png"] = "";
  kaggle["images_012/images/00000002_000.png"] = "";
  ASSERT_OK_AND_ASSIGN(ImageIndex index, Read(kaggle));
  EXPECT_THAT(Paths(index), ElementsAre("images_001/images/00000001_000.png",
                                        "images/00000001_001.png",
                                        "images_012/images/00000002_000.png"));
  EXPECT_THAT(RemarksOf(index),
              UnorderedElementsAre(Pair(HasSubstr("images in none of"),
                                        "1, Data_Entry_2017_v2020.csv:3")));

  Tree jpegs = Source();
  jpegs["images_jpegs/00000001_000.jpg"] = "";
  ASSERT_OK_AND_ASSIGN(index, Read(jpegs));
  EXPECT_THAT(Paths(index), ElementsAre("images_jpegs/00000001_000.jpg",
                                        "images_jpegs/00000001_001.jpg",
                                        "images_jpegs/00000002_000.jpg"));
  EXPECT_THAT(index.remarks, IsEmpty());
}

TEST(NihCxr8Test, FolderImagesComesBeforeOtherLayouts) {
  Tree tree = Source();
  tree["images/00000001_000.png"] = "";
  tree["images_001/images/00000001_000.png"] = "";
  tree["images_jpegs/00000001_000.jpg"] = "";
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, Read(tree));
  EXPECT_THAT(Paths(index),
              ElementsAre("images/00000001_000.png", "images/00000001_001.png",
                          "images/00000002_000.png"));
}

TEST(NihCxr8Test, NamedFilesAreThoseThatAreThere) {
  const TempDir dir;
  EXPECT_THAT(NihCxr8Files(dir.path()),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(dir.path()), HasSubstr(kTable),
                             HasSubstr(kOldTable))));
  EXPECT_THAT(ReadNihCxr8(dir.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(kTable)));
  WriteTree(dir.path(), {{kOldTable, ""}});
  ASSERT_OK_AND_ASSIGN(std::vector<std::string> files,
                       NihCxr8Files(dir.path()));
  EXPECT_THAT(files, ElementsAre(kOldTable));
  WriteTree(dir.path(), Source());
  ASSERT_OK_AND_ASSIGN(files, NihCxr8Files(dir.path()));
  EXPECT_THAT(files, ElementsAre(kTable, kTraining, kTest, kBoxes));
}

TEST(NihCxr8Test, BadTableIsDataLossNamingTheLine) {
  const std::vector<std::vector<std::string>> cases = {
      {"Image Index", "Image", "Image Index"},
      {"Patient ID", "Patient", "Patient ID"},
      {"No Finding", "Covid", "csv:3: Finding Labels: found 'Covid', expected"},
      {"No Finding", "No Finding|Mass",
       "csv:3: Finding Labels: found 'No Finding|Mass', expected No Finding to "
       "stand alone"},
      {",1,58,M", ",1,old,M", "csv:3: Patient Age: found 'old', expected"},
      {",1,58,M", ",1,58,X", "csv:3: Patient Gender: found 'X', expected"},
      {",1,58,M", ",,58,M", "csv:3: Patient ID: found '', expected"},
      {",1,58,M", ",1,58", "csv:3: "},
      {"00000001_001.png,", ",", "csv:3: found an image without an id"},
  };
  for (const auto& row : cases) {
    SCOPED_TRACE(row[2]);
    EXPECT_THAT(StatusAfter(kTable, row[0], row[1]),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr("Data_Entry_2017_v2020.csv"),
                               HasSubstr(row[2]))));
  }
  EXPECT_THAT(StatusAfter(kTable, "00000001_001.png", "00000001_000.png"),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("csv:3: found 00000001_000.png"),
                             HasSubstr("csv:2 already"))));
}

TEST(NihCxr8Test, BadListIsDataLossNamingTheLine) {
  EXPECT_THAT(StatusAfter(kTraining, "00000001_001", "00000009_001"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("train_val_list.txt:2: found "
                                 "'00000009_001.png', expected an image")));
  EXPECT_THAT(StatusAfter(kTraining, "00000001_001", "00000001_000"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("train_val_list.txt:2: found "
                                 "'00000001_000.png', which stands on this "
                                 "list already")));
  EXPECT_THAT(StatusAfter(kTest, "00000002_000", "00000001_000"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("test_list.txt:1: found '00000001_000.png', "
                                 "which stands on train_val_list.txt")));
}

TEST(NihCxr8Test, BadBoxIsDataLossNamingTheLine) {
  const std::vector<std::vector<std::string>> cases = {
      {"00000001_000.png", "00000009_000.png",
       "csv:3: Image Index: found '00000009_000.png', expected an image"},
      {"Cardiomegaly", "Heart",
       "csv:3: Finding Label: found 'Heart', expected"},
      {"1,2,3,4", "x,2,3,4", "csv:3: Bbox [x: found 'x', expected pixels"},
      {"1,2,3,4", "1,-2,3,4", "csv:3: y: found '-2', expected pixels"},
      {"1,2,3,4", "1,2,nan,4", "csv:3: w: found 'nan', expected pixels"},
      {"1,2,3,4", "1,2,3,,,", "csv:3: found 5 cells, expected 6"},
      {"Bbox [x", "x", "Bbox [x"},
  };
  for (const auto& row : cases) {
    SCOPED_TRACE(row[2]);
    EXPECT_THAT(
        StatusAfter(kBoxes, row[0], row[1]),
        StatusIs(absl::StatusCode::kDataLoss,
                 AllOf(HasSubstr("BBox_List_2017.csv"), HasSubstr(row[2]))));
  }
}

}  // namespace
}  // namespace cxr
