// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/rsna.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/inspect/dicom_headers.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/data/source/rsna.h"
#include "cxr/data/source/testing.h"
#include "cxr/synth/emit/round_trip_testing.h"

namespace cxr::synth {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;

SynthOptions Options(int patients, bool defects) {
  return {.seed = 3, .patients = patients, .scale = 0.05, .defects = defects};
}

std::string Worker() { return TestData("cxr/data/codec/dicom_worker"); }

// As a person does with `cxr data headers`.
void WriteHeaders(const std::string& folder) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<DicomDecoder> decoder,
                       DicomDecoder::Create({.worker = Worker()}));
  ASSERT_OK_AND_ASSIGN(const DicomHeaders headers,
                       ReadDicomHeaders(folder, *decoder, /*threads=*/1));
  EXPECT_THAT(headers.failures, IsEmpty());
  WriteTree(folder, {{std::string(kDicomHeadersFile), headers.table}});
}

TEST(RsnaTest, TheReaderGivesBackTheTruth) {
  for (const bool defects : {false, true}) {
    const TempDir root;
    const std::string folder = root.File("rsna");
    const SourcePlan plan = PlanRsna(Options(20, defects));
    WritePlan(plan, folder);
    WriteHeaders(folder);
    spec::DataSpec spec;
    spec.set_source(spec::RSNA);
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                         MakeDataset(spec, {.data_root = root.path(),
                                            .dicom_worker = Worker()}));
    ExpectRoundTrip(dataset->index(), plan.truth);
    ExpectSameBoxes(dataset->index(), plan.truth);
    ExpectImagesDecode(*dataset, plan.truth);
    const auto remarks = RemarksOf(dataset->index());
    EXPECT_THAT(remarks, Contains(Key("test images without labels, left out")));
  }
}

// Views, sexes and ages stand in the headers alone, as in the original.
TEST(RsnaTest, WithoutATableOfHeadersViewsAreUnknown) {
  const TempDir folder;
  const SourcePlan plan = PlanRsna(Options(8, false));
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadRsna(folder.path()));
  SourceTruth truth = plan.truth;
  for (ImageTruth& image : *truth.mutable_images()) {
    image.clear_view();
    image.clear_sex();
    image.set_age_years(kUnknownAge);
  }
  ExpectRoundTrip(index, truth);
}

TEST(RsnaTest, DefectIsAnAbsurdAge) {
  const TempDir folder;
  const SourcePlan plan = PlanRsna(Options(8, true));
  WritePlan(plan, folder.path());
  WriteHeaders(folder.path());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadRsna(folder.path()));
  EXPECT_EQ(index.examples[0].age_years, kUnknownAge);
  EXPECT_EQ(plan.truth.images(0).defect(), "age 155");
  ASSERT_OK_AND_ASSIGN(const std::string table,
                       ReadFile(folder.File("dicom_headers.csv")));
  EXPECT_THAT(table, HasSubstr(",155\n"));
}

TEST(RsnaTest, TablesAreWrittenAsTheOriginal) {
  const SourcePlan plan = PlanRsna(Options(60, false));
  const std::string labels = BytesOf(plan, "stage_2_train_labels.csv");
  const std::string classes = BytesOf(plan, "stage_2_detailed_class_info.csv");
  int rows_with_box = 0;
  for (const absl::string_view row :
       absl::StrSplit(labels, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(row, ',');
    ASSERT_EQ(cells.size(), 6u) << row;
    if (cells[5] == "0") {
      EXPECT_TRUE(absl::EndsWith(row, ",,,,,0"));
    } else if (cells[5] == "1") {
      ++rows_with_box;
      EXPECT_TRUE(absl::EndsWith(cells[1], ".0")) << row;
      // A UUID.
      EXPECT_THAT(cells[0], ::testing::MatchesRegex(
                                "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]"
                                "[0-9a-f]{3}-[0-9a-f]{12}"));
    }
  }
  EXPECT_GT(rows_with_box, 0);
  // A class a row.
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(classes), lines(labels));
  for (const absl::string_view name :
       {",Lung Opacity\n", ",No Lung Opacity / Not Normal\n", ",Normal\n"}) {
    EXPECT_THAT(classes, HasSubstr(name));
  }
}

TEST(RsnaTest, BoxesAreInsideOfTheFilm) {
  int boxes = 0;
  const SourcePlan plan = PlanRsna(Options(200, false));
  for (const ImageTruth& image : plan.truth.images()) {
    EXPECT_LE(image.boxes_size(), 4);
    EXPECT_EQ(image.boxes_size() > 0, image.labels().at("Pneumonia") == 1.0);
    for (const Box& box : image.boxes()) {
      ++boxes;
      EXPECT_GE(box.left(), 0.0);
      EXPECT_GE(box.top(), 0.0);
      EXPECT_GE(box.width(), 1.0);
      EXPECT_GE(box.height(), 1.0);
      EXPECT_LE(box.left() + box.width(), image.width());
      EXPECT_LE(box.top() + box.height(), image.height());
    }
  }
  EXPECT_GT(boxes, 20);
}

// Of the original's images 22.5 % have an opacity, 33 % are normal, and 46 %
// are AP. Three standard deviations of 1,350 draws are 4 %. People here have
// more diseases, though: 23 % are normal.
TEST(RsnaTest, SharesAreNearThoseOfTheOriginal) {
  std::map<std::string, double> counts;
  const SourcePlan plan = PlanRsna(Options(1500, false));
  const double images = plan.truth.images_size();
  EXPECT_NEAR(images / 1500, 0.90, 0.01);
  for (const ImageTruth& image : plan.truth.images()) {
    counts["AP"] += image.view() == "AP" ? 1 : 0;
    for (const auto& [name, value] : image.labels()) {
      counts[name] += value;
    }
  }
  EXPECT_NEAR(counts["AP"] / images, 0.46, 0.04);
  EXPECT_NEAR(counts["Pneumonia"] / images, 0.225, 0.06);
  EXPECT_NEAR(counts["Normal"] / images, 0.23, 0.05);
}

TEST(RsnaTest, SameOptionsAreTheSameBytes) {
  ExpectSamePlan(PlanRsna(Options(8, true)), PlanRsna(Options(8, true)));
  ExpectSamePlan(PlanRsna(Options(8, true)), PlanRsna(Options(8, true)));
}

}  // namespace
}  // namespace cxr::synth
