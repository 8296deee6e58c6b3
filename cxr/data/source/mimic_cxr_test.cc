// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/mimic_cxr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/mimic_cxr_testing.h"
#include "cxr/data/source/testing.h"
#include "cxr/data/table/gzip.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr char kMetadataFile[] = "mimic-cxr-2.0.0-metadata.csv.gz";
constexpr char kSplitFile[] = "mimic-cxr-2.0.0-split.csv.gz";
constexpr char kLabelsFile[] = "mimic-cxr-2.0.0-chexpert.csv.gz";

using Files = std::map<std::string, std::string>;

// Names of images with the form of the real ones.
std::string Dicom(int n) {
  return absl::StrCat("02aa804e-bde0afdd-112c0b34-7bc16630-4e38401", n);
}

// Five images in four studies of three subjects; two subjects have a study of
// one number, so that only both ids together find the labels.
Files Tables() {
  return {
      {kMetadataFile,
       absl::StrCat(
           "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,"
           "ViewPosition,Rows,Columns,StudyDate,StudyTime,"
           "ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,"
           "PatientOrientationCodeSequence_CodeMeaning\n",
           Dicom(1),
           ",10000032,50414267,\"CHEST (PA AND LAT), 2 VIEWS\",PA,3056,2544,"
           "21800506,213014.531,CHEST (PA AND LAT),postero-anterior,Erect\n",
           Dicom(2),
           ",10000032,50414267,CHEST,LATERAL,3056,2544,21800506,80556.875,,,\n",
           Dicom(3), ",10000764,57375967,,AP,1,1,1,1,,,\n",  //
           Dicom(4), ",11000764,57375967,,LL,1,1,1,1,,,\n",  //
           Dicom(5), ",19999987,58621812,,,1,1,1,1,,,\n",    //
           Dicom(6), ",19999987,58621812,,SWIMMERS,1,1,1,1,,,\n")},
      {kSplitFile,
       absl::StrCat("dicom_id,study_id,subject_id,split\n",     //
                    Dicom(4), ",57375967,11000764,test\n",      //
                    Dicom(9), ",50000000,10000000,train\n",     //
                    Dicom(1), ",50414267,10000032,train\n",     //
                    Dicom(2), ",50414267,10000032,train\n",     //
                    Dicom(3), ",57375967,10000764,validate\n",  //
                    Dicom(5), ",58621812,19999987,train\n",     //
                    Dicom(6), ",58621812,19999987,train\n")},
      {kLabelsFile,
       "subject_id,study_id,Atelectasis,Cardiomegaly,Consolidation,Edema,"
       "Enlarged Cardiomediastinum,Fracture,Lung Lesion,Lung Opacity,No "
       "Finding,Pleural Effusion,Pleural Other,Pneumonia,Pneumothorax,Support "
       "Devices\n"
       "10000032,50414267,,,,,,,,,1.0,,,,,\n"
       "10000764,57375967,,,1.0,,,,,,,,,-1.0,,\n"
       "11000764,57375967,0.0,,,,,,,,,,,,,1.0\n"
       "12000000,51000000,0.0,,,,,,,,,,,,,1.0\n"}};
}

// The tables with `to` in place of `from` in one of them.
Files TablesAfter(const char* file, const std::string& from,
                  const std::string& to) {
  Files files = Tables();
  EXPECT_THAT(files[file], HasSubstr(from));
  files[file] = absl::StrReplaceAll(files[file], {{from, to}});
  return files;
}

TEST(MimicCxrTest, RowsAreReadFieldByField) {
  const TempDir folder;
  WriteTree(folder.path(), Tables());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadMimicCxr(folder.path()));
  EXPECT_EQ(index.source, "mimic_cxr");
  EXPECT_EQ(index.folds, 0);
  ASSERT_EQ(index.examples.size(), 6u);
  const Example& first = index.examples[0];
  EXPECT_EQ(first.id, Dicom(1));
  EXPECT_EQ(first.patient_id, "10000032");
  EXPECT_EQ(first.study_id, "50414267");
  EXPECT_EQ(first.path,
            absl::StrCat("files/p10/p10000032/s50414267/", Dicom(1), ".jpg"));
  EXPECT_EQ(first.sex, Sex::kUnknown);
  EXPECT_EQ(first.age_years, kUnknownAge);
  EXPECT_EQ(first.fold, kNoFold);
  std::vector<View> views;
  std::vector<Part> parts;
  for (const Example& example : index.examples) {
    views.push_back(example.view);
    parts.push_back(example.part);
  }
  EXPECT_THAT(views, ElementsAre(View::kPa, View::kLateral, View::kAp,
                                 View::kLateral, View::kUnknown, View::kOther));
  EXPECT_THAT(parts,
              ElementsAre(Part::kTraining, Part::kTraining, Part::kValidation,
                          Part::kTest, Part::kTraining, Part::kTraining));
}

TEST(MimicCxrTest, LabelsAreThoseOfSubjectAndStudyTogether) {
  const TempDir folder;
  WriteTree(folder.path(), Tables());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadMimicCxr(folder.path()));
  ASSERT_EQ(index.labels.size(), 6u * 14u);
  ASSERT_OK_AND_ASSIGN(const int atelectasis,
                       LabelColumn(index, "Atelectasis"));
  ASSERT_OK_AND_ASSIGN(const int consolidation,
                       LabelColumn(index, "Consolidation"));
  ASSERT_OK_AND_ASSIGN(const int healthy, LabelColumn(index, "No Finding"));
  ASSERT_OK_AND_ASSIGN(const int pneumonia, LabelColumn(index, "Pneumonia"));
  ASSERT_OK_AND_ASSIGN(const int devices,
                       LabelColumn(index, "Support Devices"));
  EXPECT_EQ(index.Label(0, healthy), kPositive);
  EXPECT_EQ(index.Label(1, healthy), kPositive);
  EXPECT_TRUE(std::isnan(index.Label(1, devices)));
  EXPECT_EQ(index.Label(2, consolidation), kPositive);
  EXPECT_EQ(index.Label(2, pneumonia), kUncertain);
  EXPECT_TRUE(std::isnan(index.Label(2, devices)));
  EXPECT_EQ(index.Label(3, atelectasis), kNegative);
  EXPECT_EQ(index.Label(3, devices), kPositive);
  EXPECT_TRUE(std::isnan(index.Label(3, consolidation)));
  for (int column = 0; column < 14; ++column) {
    EXPECT_TRUE(std::isnan(index.Label(4, column))) << column;
    EXPECT_TRUE(std::isnan(index.Label(5, column))) << column;
  }
}

TEST(MimicCxrTest, WhatDoesNotMatchIsRemarked) {
  const TempDir folder;
  WriteTree(folder.path(), Tables());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadMimicCxr(folder.path()));
  const std::string metadata = kMetadataFile;
  EXPECT_THAT(
      RemarksOf(index),
      ElementsAre(
          Pair("images in split that metadata does not have, left out",
               "1, mimic-cxr-2.0.0-split.csv.gz:3"),
          Pair("images of studies without labels", "2, " + metadata + ":6"),
          Pair("labelled studies without images, left out",
               "1, mimic-cxr-2.0.0-chexpert.csv.gz:5"),
          Pair("views blank or UNK, taken as unknown", "1, " + metadata + ":6"),
          Pair("views that are neither frontal nor lateral, taken as other",
               "1, " + metadata + ":7: SWIMMERS")));
}

TEST(MimicCxrTest, AnyVersionAndRootIsFound) {
  for (const std::string root : {"", "mimic-cxr-jpg"}) {
    for (const std::string version : {"2.0.0", "2.1.0"}) {
      for (const std::string ending : {".csv", ".csv.gz"}) {
        const TempDir folder;
        std::vector<std::string> expected;
        const Files tables = Tables();
        for (const char* file : {kMetadataFile, kSplitFile, kLabelsFile}) {
          expected.push_back(JoinPath(
              root, absl::StrReplaceAll(
                        file, {{"2.0.0", version}, {".csv.gz", ending}})));
          WriteTree(folder.path(), {{expected.back(), tables.at(file)}});
        }
        ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                             MimicCxrFiles(folder.path()));
        EXPECT_EQ(files, expected);
        ASSERT_OK_AND_ASSIGN(const ImageIndex index,
                             ReadMimicCxr(folder.path()));
        EXPECT_EQ(index.examples[3].path,
                  JoinPath(root, absl::StrCat("files/p11/p11000764/s57375967/",
                                              Dicom(4), ".jpg")));
      }
    }
  }
}

TEST(MimicCxrTest, MissingTableIsNotFound) {
  for (const char* file : {kMetadataFile, kSplitFile, kLabelsFile}) {
    const TempDir folder;
    WriteTree(folder.path(), Tables());
    ASSERT_OK(RemoveAll(folder.File(file)));
    const std::string pattern =
        absl::StrReplaceAll(file, {{"2.0.0", "2.*"}, {".gz", ""}});
    EXPECT_THAT(MimicCxrFiles(folder.path()),
                StatusIs(absl::StatusCode::kNotFound,
                         AllOf(HasSubstr(folder.path()), HasSubstr(pattern))));
    EXPECT_THAT(ReadMimicCxr(folder.path()),
                StatusIs(absl::StatusCode::kNotFound, HasSubstr(pattern)));
  }
}

struct BadTable {
  const char* file;
  std::string from;
  std::string to;
  std::string error;
};

TEST(MimicCxrTest, BadTablesAreDataLossWithFileAndLine) {
  const std::vector<BadTable> cases = {
      {kMetadataFile, ",ViewPosition,", ",View,", ": no column 'ViewPosition'"},
      {kMetadataFile, ",19999987,", ",p19999987,",
       ":6: subject_id: found 'p19999987', expected a number"},
      {kMetadataFile, ",58621812,", ",-8621812,",
       ":6: study_id: found '-8621812', expected a number"},
      {kMetadataFile, Dicom(2), Dicom(1),
       absl::StrCat(":3: found ", Dicom(1), ", which stands at ")},
      {kMetadataFile, Dicom(6), "", ":7: found an image without an id"},
      {kSplitFile, ",split\n", ",part\n", ": no column 'split'"},
      {kSplitFile, ",validate\n", ",valid\n",
       ":6: split: found 'valid', expected train, validate or test"},
      {kSplitFile, Dicom(2), Dicom(1),
       absl::StrCat(":5: found ", Dicom(1), ", which stands at ")},
      {kLabelsFile, ",Edema,", ",Oedema,", ": no column 'Edema'"},
      {kLabelsFile, "-1.0", "maybe",
       ":3: Pneumonia: found 'maybe', expected 1, 0, -1 or nothing"},
      {kLabelsFile, "10000764,57375967", "10000032,50414267",
       ":3: found study 50414267, which stands at "},
  };
  for (const BadTable& bad : cases) {
    const TempDir folder;
    WriteTree(folder.path(), TablesAfter(bad.file, bad.from, bad.to));
    EXPECT_THAT(ReadMimicCxr(folder.path()),
                StatusIs(absl::StatusCode::kDataLoss,
                         HasSubstr(absl::StrCat(bad.file, bad.error))));
  }
}

TEST(MimicCxrTest, ImageThatSplitDoesNotListIsDataLoss) {
  const TempDir folder;
  WriteTree(folder.path(), TablesAfter(kSplitFile, Dicom(3), Dicom(8)));
  EXPECT_THAT(ReadMimicCxr(folder.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr(absl::StrCat(
                           folder.File(kMetadataFile), ":4: found image ",
                           Dicom(3), " of study 57375967, which is not in ",
                           folder.File(kSplitFile), ", expected a part"))));
}

TEST(MimicCxrTest, DamagedGzipIsDataLoss) {
  for (const char* file : {kMetadataFile, kSplitFile, kLabelsFile}) {
    const TempDir folder;
    WriteTree(folder.path(), Tables());
    const std::string whole = Gzip(Tables()[file]);
    ASSERT_OK(
        ReplaceFile(folder.File(file), whole.substr(0, whole.size() - 20)));
    EXPECT_THAT(
        ReadMimicCxr(folder.path()),
        StatusIs(absl::StatusCode::kDataLoss, HasSubstr(folder.File(file))));
  }
}

// Two million images are to be indexed within 2 GB.
TEST(MimicCxrTest, MemoryIsBounded) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer's own memory would be counted";
#endif
  constexpr int kImages = 50'000;
  constexpr int64_t kBytesAnImage = 1'000;
  const TempDir folder;
  WriteMimicCxrTables(folder.path(), kImages);
  const ReadingCost cost = CostOfReadingMimicCxr(folder.path());
  EXPECT_EQ(cost.images, kImages);
  EXPECT_GT(cost.peak_bytes, 100 * kImages);
  EXPECT_LT(cost.peak_bytes, kBytesAnImage * kImages);
}

TEST(MimicCxrReportTest, ReportIsFoundWhereItMayLie) {
  const std::string report = "files/p10/p10000032/s50414267.txt";
  const std::string text = "                                 FINAL REPORT\n";
  for (const std::string root : {"", "mimic-cxr-jpg"}) {
    Files tables;
    for (const auto& [name, table] : Tables()) {
      tables[JoinPath(root, name)] = table;
    }
    for (const std::string& path :
         {JoinPath(root, report), "mimic-cxr-reports/" + report,
          JoinPath(root, "mimic-cxr-reports/" + report)}) {
      const TempDir folder;
      WriteTree(folder.path(), tables);
      ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadMimicCxr(folder.path()));
      EXPECT_EQ(MimicCxrReportPath(index.examples[0]), report);
      EXPECT_THAT(ReadMimicCxrReport(folder.path(), index.examples[0]),
                  StatusIs(absl::StatusCode::kNotFound,
                           AllOf(HasSubstr(folder.path()), HasSubstr(path))));
      WriteTree(folder.path(), {{path, text}});
      ASSERT_OK_AND_ASSIGN(
          const std::string found,
          ReadMimicCxrReport(folder.path(), index.examples[0]));
      EXPECT_EQ(found, text);
    }
  }
}

}  // namespace
}  // namespace cxr
