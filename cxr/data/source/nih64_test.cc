// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/nih64.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"
#include "cxr/data/image/resize.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/dataset.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr char kSamples[] = "cxr/data/samples/nih64";
constexpr char kMosaic[] = "mosaic_40x25_64px.png";

std::string SampleBytes(const std::string& file) {
  return *ReadFile(TestData(absl::StrCat(kSamples, "/", file)));
}

std::unique_ptr<Dataset> LoadSamples() {
  TestData(absl::StrCat(kSamples, "/labels.csv"));
  absl::StatusOr<std::unique_ptr<Dataset>> loaded = LoadNih64(kSamples);
  EXPECT_OK(loaded);
  return *std::move(loaded);
}

int Positives(const ImageIndex& index, const std::string& label) {
  const absl::StatusOr<int> column = LabelColumn(index, label);
  EXPECT_OK(column);
  int count = 0;
  for (size_t i = 0; i < index.examples.size(); ++i) {
    count += index.Label(static_cast<int>(i), *column) == 1.0f ? 1 : 0;
  }
  return count;
}

// Counted with Python's csv module in labels.csv.
TEST(Nih64Test, CountsAreThoseOfTheFile) {
  const std::unique_ptr<Dataset> nih64 = LoadSamples();
  const ImageIndex& index = nih64->index();
  EXPECT_EQ(index.source, "nih64");
  EXPECT_EQ(index.folds, 5);
  EXPECT_EQ(index.examples.size(), 1000u);
  EXPECT_EQ(index.labels.size(), 1000u * 16u);
  std::map<std::string, int> positives;
  for (const std::string& label : index.label_names) {
    positives[label] = Positives(index, label);
  }
  EXPECT_THAT(positives,
              ElementsAre(Pair("Atelectasis", 95), Pair("Cardiomegaly", 83),
                          Pair("Consolidation", 42), Pair("Edema", 31),
                          Pair("Effusion", 170), Pair("Emphysema", 37),
                          Pair("Fibrosis", 32), Pair("Hernia", 9),
                          Pair("Infiltration", 162), Pair("Mass", 35),
                          Pair("Nodule", 39), Pair("Pleural_Thickening", 29),
                          Pair("Pneumonia", 11), Pair("Pneumothorax", 40),
                          Pair("Sex M", 491), Pair("View AP", 363)));
  std::map<int, int> folds;
  for (const Example& example : index.examples) {
    ++folds[example.fold];
  }
  EXPECT_THAT(folds, ElementsAre(Pair(0, 242), Pair(1, 181), Pair(2, 255),
                                 Pair(3, 184), Pair(4, 138)));
}

TEST(Nih64Test, RowIsReadFieldByField) {
  const std::unique_ptr<Dataset> nih64 = LoadSamples();
  const ImageIndex& index = nih64->index();
  // 00000001_001.png,train,1_abnormal,Cardiomegaly|Emphysema,1,58,M,PA,4
  const Example& example = index.examples[1];
  EXPECT_EQ(example.id, "00000001_001.png");
  EXPECT_EQ(example.patient_id, "1");
  EXPECT_EQ(example.view, View::kPa);
  EXPECT_EQ(example.sex, Sex::kMale);
  EXPECT_EQ(example.age_years, 58);
  EXPECT_EQ(example.fold, 4);
  EXPECT_EQ(
      std::vector<float>(index.labels.begin() + 16, index.labels.begin() + 32),
      (std::vector<float>{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(absl::StrJoin(index.label_names, " "),
            "Atelectasis Cardiomegaly Consolidation Edema Effusion Emphysema "
            "Fibrosis Hernia Infiltration Mass Nodule Pleural_Thickening "
            "Pneumonia Pneumothorax View AP Sex M");
}

double Correlation(const GrayImage& a, const GrayImage& b) {
  double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    const double x = a.pixels[i];
    const double y = b.pixels[i];
    n += 1, sa += x, sb += y, saa += x * x, sbb += y * y, sab += x * y;
  }
  return (n * sab - sa * sb) /
         std::sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
}

// 15 of the radiographs in testdata are among the thumbnails too. Measured with
// numpy, the right thumbnail has a correlation of at least 0.9995 with the
// resized radiograph, any other at most 0.942.
TEST(Nih64Test, RowsAndTilesAreInTheSameOrder) {
  const std::unique_ptr<Dataset> nih64 = LoadSamples();
  int compared = 0;
  for (size_t i = 0; i < nih64->index().examples.size(); ++i) {
    const std::string path =
        absl::StrCat("cxr/data/testdata/nih/", nih64->index().examples[i].id);
    if (!Exists(path)) {
      continue;
    }
    SCOPED_TRACE(path);
    ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(path));
    ASSERT_OK_AND_ASSIGN(const GrayImage original, DecodePngGray(bytes, path));
    ASSERT_OK_AND_ASSIGN(const GrayImage tile,
                         nih64->LoadImage(static_cast<int>(i)));
    EXPECT_EQ(tile.width, 64);
    EXPECT_EQ(tile.height, 64);
    EXPECT_GT(Correlation(ResizeBicubic(original, 64, 64), tile), 0.999);
    ++compared;
  }
  EXPECT_EQ(compared, 15);
}

TEST(Nih64Test, NamedFilesAreThoseThatAreRead) {
  const TempDir folder;
  for (const std::string& file : Nih64Files()) {
    EXPECT_THAT(
        LoadNih64(folder.path()),
        StatusIs(absl::StatusCode::kNotFound, HasSubstr(folder.File(file))));
    ASSERT_OK(WriteNewFile(folder.File(file), SampleBytes(file)));
  }
  EXPECT_OK(LoadNih64(folder.path()));
}

TEST(Nih64Test, DamagedMosaicIsDataLoss) {
  const TempDir folder;
  ASSERT_OK(WriteNewFile(folder.File("labels.csv"), SampleBytes("labels.csv")));
  const std::string bytes = SampleBytes(kMosaic);
  ASSERT_OK(
      WriteNewFile(folder.File(kMosaic), bytes.substr(0, bytes.size() / 2)));
  EXPECT_THAT(
      LoadNih64(folder.path()),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr(folder.File(kMosaic))));
  ASSERT_OK_AND_ASSIGN(
      const std::string small,
      EncodePngGray({.width = 1, .height = 2, .pixels = {3, 4}}));
  ASSERT_OK(WriteFileAtomically(folder.File(kMosaic), small));
  EXPECT_THAT(LoadNih64(folder.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found 1 x 2 pixels, expected 2560 x 1600")));
}

// What LoadNih64 says when labels.csv holds `to` instead of its `from`.
absl::Status StatusAfter(const std::string& from, const std::string& to) {
  const TempDir folder;
  const std::string labels = SampleBytes("labels.csv");
  EXPECT_THAT(labels, HasSubstr(from));
  EXPECT_OK(WriteNewFile(folder.File("labels.csv"),
                         absl::StrReplaceAll(labels, {{from, to}})));
  EXPECT_OK(WriteNewFile(folder.File(kMosaic), SampleBytes(kMosaic)));
  return LoadNih64(folder.path()).status();
}

constexpr char kLine3[] = "Cardiomegaly|Emphysema,1,58,M,PA,4\n";

TEST(Nih64Test, BadCellsAreDataLossWithFileAndLine) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Cardiomegaly|Emphysema,1,58,M,LL,4\n",
       "View Position: found 'LL', expected PA or AP"},
      {"Cardiomegaly|Emphysema,1,58,O,PA,4\n",
       "Patient Gender: found 'O', expected F or M"},
      {"Cardiomegaly|Emphysema,1,058Y,M,PA,4\n",
       "Patient Age: found '058Y', expected 0 to 120"},
      {"Cardiomegaly|Emphysema,1,414,M,PA,4\n", "found '414'"},
      {"Cardiomegaly|Emphysema,1,-1,M,PA,4\n", "found '-1'"},
      {"Cardiomegaly|Emphysema,1,58,M,PA,5\n",
       "fold5_patient: found '5', expected 0 to 4"},
      {"Cardiomegaly|Emphysema,1,58,M,PA,\n", "fold5_patient: found ''"},
      {"Cardiomegaly|Emphysema,,58,M,PA,4\n", "is empty"},
      {"Cardiomegaly|Pneumothorx,1,58,M,PA,4\n",
       "Finding Labels: found 'Pneumothorx', expected No Finding or"},
      {",1,58,M,PA,4\n", "Finding Labels: found ''"},
      {"Mass|No Finding,1,58,M,PA,4\n", "No Finding to stand alone"},
      {"Cardiomegaly|Emphysema,1,58,M,PA,3\n",
       "patient 1 is in fold 3, but on an earlier line in fold 4"},
      {"Cardiomegaly|Emphysema,1,58,M,PA\n", "8 cells, expected 9"},
  };
  for (const auto& [line, text] : cases) {
    EXPECT_THAT(StatusAfter(kLine3, line),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr("labels.csv:3: "), HasSubstr(text))));
  }
}

TEST(Nih64Test, DoubledImageIsDataLoss) {
  EXPECT_THAT(
      StatusAfter("00000001_001.png", "00000001_000.png"),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("labels.csv:3: image 00000001_000.png stands on "
                         "line 2 already")));
}

TEST(Nih64Test, MissingColumnIsDataLoss) {
  EXPECT_THAT(StatusAfter("fold5_patient", "fold"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("no column 'fold5_patient'")));
}

TEST(Nih64Test, MissingRowIsDataLoss) {
  EXPECT_THAT(
      StatusAfter(
          "00000001_000.png,train,1_abnormal,Cardiomegaly,1,57,M,PA,4\n", ""),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("labels.csv: found 999 rows, expected 1000")));
}

TEST(Nih64DeathTest, ImageOutsideTheIndexIsProgrammersError) {
  const std::unique_ptr<Dataset> nih64 = LoadSamples();
  EXPECT_DEATH(nih64->LoadImage(1000).status().IgnoreError(),
               "1000 of 1000 images");
  EXPECT_DEATH(nih64->LoadImage(-1).status().IgnoreError(),
               "-1 of 1000 images");
}

}  // namespace
}  // namespace cxr
