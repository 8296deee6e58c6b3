// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/padchest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/data/source/padchest.h"
#include "cxr/data/source/testing.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/list_literal.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/round_trip_testing.h"
#include "cxr/synth/film/film.h"

namespace cxr::synth {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr char kTable[] =
    "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv.gz";

SynthOptions Options(bool defects) {
  return {.seed = 4, .patients = 14, .scale = 0.03, .defects = defects};
}

// Of the film's 12 bits, spread over 16.
GrayImage HighBytesOf(const FilmRequest& film) {
  GrayImage image{.width = film.width, .height = film.height};
  for (const uint16_t sample : ToSamples(DrawFilm(film), 12)) {
    image.pixels.push_back(
        static_cast<uint8_t>(std::lround(sample * 65535.0 / 4095.0) / 256));
  }
  return image;
}

TEST(PadchestTest, AFirstPatientAloneHasAnImage) {
  SynthOptions options = Options(/*defects=*/true);
  options.patients = 1;
  EXPECT_GE(PlanPadchest(options).truth.images_size(), 1);
}

TEST(PadchestTest, ReaderGivesTheTruthBack) {
  for (const bool defects : {false, true}) {
    SCOPED_TRACE(defects);
    const SourcePlan plan = PlanPadchest(Options(defects));
    const TempDir folder;
    WritePlan(plan, folder.path());
    ASSERT_OK_AND_ASSIGN(ImageIndex index, ReadPadchest(folder.path()));
    EXPECT_GE(index.examples.size(), 8u);
    ExpectRoundTrip(index, plan.truth);
    const FileDataset dataset(
        std::move(index),
        {.folder = folder.path(), .sixteen_bit = SixteenBitRule::kShift8});
    ExpectImagesDecode(dataset, plan.truth);
    std::vector<FilmRequest> films =
        FilmsOf(plan.truth, MakePopulation(PadchestStyle(), Options(defects)));
    for (size_t i = 0; i < films.size(); ++i) {
      if (plan.truth.images(static_cast<int>(i)).view() == "AP_SUPINE") {
        films[i].view = View::kApSupine;
      }
    }
    ExpectPixels(dataset, plan.truth, films, HighBytesOf);
    const int last = static_cast<int>(dataset.index().examples.size()) - 1;
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded, dataset.Decode(last));
    EXPECT_EQ(decoded.facts.bits, 16);
    EXPECT_EQ(decoded.facts.channels, 1);
    EXPECT_GT(decoded.facts.largest, 40000);
  }
}

TEST(PadchestTest, WhatTheReaderLeavesOutIsRemarkedAndNotInTheTruth) {
  const SourcePlan plan = PlanPadchest(Options(/*defects=*/true));
  const TempDir folder;
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadPadchest(folder.path()));
  EXPECT_THAT(
      RemarksOf(index),
      AllOf(Contains(Pair("rows without labels, left out", _)),
            Contains(Pair("rows without a year of birth, left out", _)),
            Contains(
                Pair("rows of patients aged 10 or less in 2019, left out", _)),
            Contains(Pair("rows whose list of labels is empty: labels not "
                          "known",
                          _)),
            Contains(Pair("views blank or UNK, taken as unknown", _)),
            Contains(Pair(
                "views that are neither frontal nor lateral, taken as other",
                HasSubstr("COSTAL")))));
  std::map<std::string, int> defects;
  for (const ImageTruth& image : plan.truth.images()) {
    ++defects[image.defect()];
  }
  EXPECT_THAT(defects, ElementsAre(Pair("", Gt(0)), Pair("no labels", Gt(0)),
                                   Pair("truncated", 1), Pair("view COSTAL", 1),
                                   Pair("view UNK", 1)));
  // Every row has its file, kept or not; one more is the table.
  EXPECT_GT(plan.files.size(), plan.truth.images_size() + 3u);
}

TEST(PadchestTest, TableHasTheColumnsOfTheRealOne) {
  const SourcePlan plan = PlanPadchest(Options(/*defects=*/false));
  const TempDir folder;
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const CsvReader table,
                       CsvReader::Open(folder.File(kTable)));
  EXPECT_THAT(
      table.header(),
      ElementsAre(
          "", "ImageID", "ImageDir", "StudyDate_DICOM", "StudyID", "PatientID",
          "PatientBirth", "PatientSex_DICOM", "ViewPosition_DICOM",
          "Projection", "MethodProjection", "Pediatric", "Modality_DICOM",
          "Manufacturer_DICOM", "PhotometricInterpretation_DICOM",
          "PixelRepresentation_DICOM", "PixelAspectRatio_DICOM",
          "SpatialResolution_DICOM", "BitsStored_DICOM", "WindowCenter_DICOM",
          "WindowWidth_DICOM", "Rows_DICOM", "Columns_DICOM",
          "XRayTubeCurrent_DICOM", "Exposure_DICOM", "ExposureInuAs_DICOM",
          "ExposureTime", "RelativeXRayExposure_DICOM", "ReportID", "Report",
          "MethodLabel", "Labels", "Localizations",
          "LabelsLocalizationsBySentence", "labelCUIS", "LocalizationsCUIS"));
}

// The columns that our reader does not read.
TEST(PadchestTest, ReportsAndListsOfARowAgree) {
  const SourcePlan plan = PlanPadchest(Options(/*defects=*/false));
  std::map<std::string, const ImageTruth*> images;
  for (const ImageTruth& image : plan.truth.images()) {
    images[image.id()] = &image;
  }
  const TempDir folder;
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(CsvReader table, CsvReader::Open(folder.File(kTable)));
  ASSERT_OK_AND_ASSIGN(const int id, table.Column("ImageID"));
  ASSERT_OK_AND_ASSIGN(const int report, table.Column("Report"));
  ASSERT_OK_AND_ASSIGN(const int labels, table.Column("Labels"));
  ASSERT_OK_AND_ASSIGN(const int sentences,
                       table.Column("LabelsLocalizationsBySentence"));
  ASSERT_OK_AND_ASSIGN(const int rows, table.Column("Rows_DICOM"));
  int compared = 0;
  while (*table.Next()) {
    const auto it = images.find(std::string(table.cells()[id]));
    if (it == images.end()) {
      continue;  // left out
    }
    ++compared;
    EXPECT_EQ(table.cells()[report], it->second->report());
    EXPECT_EQ(table.cells()[rows], absl::StrCat(it->second->height()));
    EXPECT_FALSE(it->second->report().empty());
    std::vector<std::string> first_words;
    ASSERT_OK_AND_ASSIGN(const auto lists,
                         ParseNestedListLiteral(table.cells()[sentences]));
    for (const auto& list : lists) {
      first_words.push_back(list[0]);
    }
    EXPECT_THAT(*ParseListLiteral(table.cells()[labels]), first_words);
  }
  EXPECT_EQ(compared, plan.truth.images_size());
}

TEST(PadchestTest, SharesOfViewsAreThoseOfTheRealSource) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 400;
  std::map<std::string, double> views;
  const SourceTruth truth = PlanPadchest(options).truth;
  for (const ImageTruth& image : truth.images()) {
    views[image.view()] += 1.0;
  }
  const double ap = views["AP"] + views["AP_SUPINE"];
  EXPECT_NEAR(ap / (ap + views["PA"]), 0.16, 0.05);
  EXPECT_NEAR(views["AP_SUPINE"] / ap, 0.75, 0.10);
  EXPECT_NEAR(views["LATERAL"] / (ap + views["PA"]), 0.45, 0.07);
}

TEST(PadchestTest, FoldersAreShards) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 200;
  std::set<std::string> folders;
  const SourceTruth truth = PlanPadchest(options).truth;
  for (const ImageTruth& image : truth.images()) {
    folders.insert(image.path().substr(0, image.path().find('/')));
  }
  EXPECT_GT(folders.size(), 40u);
  EXPECT_LE(folders.size(), 55u);
}

TEST(PadchestTest, SameOptionsGiveTheSameBytes) {
  SynthOptions options = Options(/*defects=*/true);
  const SourcePlan plan = PlanPadchest(options);
  ExpectSamePlan(plan, PlanPadchest(options));
  options.seed = 5;
  EXPECT_NE(BytesOf(plan, kTable), BytesOf(PlanPadchest(options), kTable));
}

}  // namespace
}  // namespace cxr::synth
