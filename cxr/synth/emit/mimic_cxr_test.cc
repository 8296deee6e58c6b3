// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/mimic_cxr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/data/source/mimic_cxr.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/synth/emit/round_trip_testing.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;

SynthOptions Options(int patients, bool defects) {
  return {.seed = 3, .patients = patients, .scale = 0.03, .defects = defects};
}

TEST(MimicCxrTest, TheReaderGivesBackTheTruth) {
  for (const bool defects : {false, true}) {
    const TempDir root;
    const SourcePlan plan = PlanMimicCxr(Options(12, defects));
    WritePlan(plan, root.File("mimic_cxr"));
    spec::DataSpec spec;
    spec.set_source(spec::MIMIC_CXR);
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                         MakeDataset(spec, {.data_root = root.path()}));
    ExpectRoundTrip(dataset->index(), plan.truth);
    ExpectImagesDecode(*dataset, plan.truth);
    ExpectSameReports(*dataset, plan.truth);
  }
}

TEST(MimicCxrTest, EachListHasPatientsOfItsOwn) {
  const SourcePlan plan = PlanMimicCxr(Options(30, false));
  std::map<std::string, std::set<std::string>> patients;
  for (const ImageTruth& image : plan.truth.images()) {
    patients[image.part()].insert(image.patient_id());
  }
  ASSERT_EQ(patients.size(), 3u);
  EXPECT_EQ(patients["TRAINING"].size() + patients["VALIDATION"].size() +
                patients["TEST"].size(),
            30u);
}

TEST(MimicCxrTest, DefectsLeaveViewsAndLabelsOut) {
  int blank_views = 0;
  int unlabelled = 0;
  const SourcePlan plan = PlanMimicCxr(Options(300, true));
  for (const ImageTruth& image : plan.truth.images()) {
    blank_views += image.view().empty() ? 1 : 0;
    unlabelled += image.labels().empty() ? 1 : 0;
  }
  EXPECT_GT(blank_views, 5);
  EXPECT_GT(unlabelled, 0);
  const SourcePlan clean = PlanMimicCxr(Options(100, false));
  for (const ImageTruth& image : clean.truth.images()) {
    EXPECT_FALSE(image.view().empty()) << image.id();
  }
}

TEST(MimicCxrTest, AnnotationsNameImagesAndFindings) {
  const SourcePlan plan = PlanMimicCxr(Options(10, false));
  const std::string annotation = BytesOf(plan, "annotation.json");
  for (const ImageTruth& image : plan.truth.images()) {
    EXPECT_THAT(annotation, HasSubstr(image.id()));
  }
  EXPECT_THAT(
      BytesOf(plan, "llava_rad/chat_train_MIMIC_CXR_all_gpt4extract.json"),
      HasSubstr("\"generate_method\":\"rule-based\""));
}

// The cells of a column of metadata by the image's id.
std::map<std::string, std::string> MetadataOf(const SourcePlan& plan,
                                              int column) {
  const TempDir folder;
  const std::string path = folder.File("metadata.csv.gz");
  EXPECT_OK(
      ReplaceFile(path, BytesOf(plan, "mimic-cxr-2.0.0-metadata.csv.gz")));
  std::map<std::string, std::string> cells;
  absl::StatusOr<CsvReader> table = CsvReader::Open(path);
  EXPECT_OK(table);
  while (*table->Next()) {
    cells.emplace(table->cells()[0], table->cells()[column]);
  }
  return cells;
}

TEST(MimicCxrTest, AStudyHasOneExaminationInTableAndReport) {
  const SourcePlan plan = PlanMimicCxr(Options(60, false));
  std::map<std::string, std::string> examinations = MetadataOf(plan, 3);
  std::set<std::string> with_lateral;
  for (const ImageTruth& image : plan.truth.images()) {
    if (image.view() == "LATERAL") {
      with_lateral.insert(image.study_id());
    }
  }
  EXPECT_FALSE(with_lateral.empty());
  for (const ImageTruth& image : plan.truth.images()) {
    const std::string& examination = examinations[image.id()];
    EXPECT_THAT(image.report(),
                HasSubstr(absl::StrCat(" EXAMINATION:  ", examination, "\n")));
    EXPECT_EQ(absl::StrContains(examination, "AND LAT"),
              with_lateral.count(image.study_id()) > 0);
  }
}

TEST(MimicCxrTest, LaterStudiesHaveLaterDates) {
  const SourcePlan plan = PlanMimicCxr(Options(60, false));
  std::map<std::string, std::string> dates = MetadataOf(plan, 7);
  std::map<std::pair<int, int>, std::string> by_study;
  for (const ImageTruth& image : plan.truth.images()) {
    by_study[{image.patient(), image.study()}] = dates[image.id()];
  }
  int compared = 0;
  for (const auto& [study, date] : by_study) {
    EXPECT_EQ(date.size(), 8u);
    const auto next = by_study.find({study.first, study.second + 1});
    if (next != by_study.end()) {
      EXPECT_LT(date, next->second);
      ++compared;
    }
  }
  EXPECT_GT(compared, 20);
}

TEST(MimicCxrTest, OnlyReportsWithFindingsAreAnnotated) {
  const SourcePlan plan = PlanMimicCxr(Options(300, true));
  const std::string annotation = BytesOf(plan, "annotation.json");
  int left_out = 0;
  for (const ImageTruth& image : plan.truth.images()) {
    const bool has_findings =
        absl::StrContains(image.report(), " FINDINGS: \n") &&
        !absl::StrContains(image.report(), " FINDINGS: \n \n IMPRESSION");
    EXPECT_EQ(absl::StrContains(annotation, image.id()), has_findings)
        << image.report();
    left_out += has_findings ? 0 : 1;
  }
  EXPECT_GT(left_out, 5);
}

TEST(MimicCxrTest, FilmsAreEqualised) {
  const SourcePlan plan = PlanMimicCxr(Options(2, false));
  const std::string path = plan.truth.images(0).path();
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       DecodeJpeg(BytesOf(plan, path), path));
  double mean = 0.0;
  for (const uint8_t pixel : decoded.image.pixels) {
    mean += pixel;
  }
  // Black around the body is one level, so the mean is a little above 127.
  EXPECT_NEAR(mean / decoded.image.pixels.size(), 128.0, 20.0);
}

TEST(MimicCxrTest, ASeedGivesTheSameBytes) {
  ExpectSamePlan(PlanMimicCxr(Options(4, true)),
                 PlanMimicCxr(Options(4, true)));
}

}  // namespace
}  // namespace cxr::synth
