// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexpert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/source/chexpert.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/synth/emit/round_trip_testing.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr absl::string_view kLabels =
    "No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,"
    "Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,"
    "Pleural Effusion,Pleural Other,Fracture,Support Devices\n";

SynthOptions Options(bool defects) {
  return {.seed = 5, .patients = 12, .scale = 0.05, .defects = defects};
}

// How often each defect is in the truth; "" for images without.
std::map<std::string, int> DefectsOf(const SourceTruth& truth) {
  std::map<std::string, int> defects;
  for (const ImageTruth& image : truth.images()) {
    ++defects[image.defect()];
  }
  return defects;
}

TEST(ChexpertTest, ReaderGivesTheTruthBack) {
  for (const bool defects : {false, true}) {
    SCOPED_TRACE(defects);
    const SourcePlan plan = PlanChexpert(Options(defects));
    const TempDir folder;
    WritePlan(plan, folder.path());
    ASSERT_OK_AND_ASSIGN(ImageIndex index, ReadChexpert(folder.path()));
    EXPECT_GE(index.examples.size(), 12u);
    ExpectRoundTrip(index, plan.truth);
    const FileDataset dataset(std::move(index), {.folder = folder.path()});
    ExpectImagesDecode(dataset, plan.truth);
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded, dataset.Decode(0));
    EXPECT_EQ(decoded.facts.format, ImageFormat::kJpeg);
    EXPECT_EQ(decoded.facts.channels, 1);
  }
}

TEST(ChexpertTest, TablesHaveTheColumnsOfTheRealOnes) {
  const SourcePlan plan = PlanChexpert(Options(/*defects=*/false));
  const std::string header =
      absl::StrCat("Path,Sex,Age,Frontal/Lateral,AP/PA,", kLabels);
  EXPECT_THAT(
      BytesOf(plan, "CheXpert-v1.0-small/train.csv"),
      StartsWith(absl::StrCat(header,
                              "CheXpert-v1.0-small/train/patient00001/study1/"
                              "view1_frontal.jpg,")));
  EXPECT_THAT(
      BytesOf(plan, "CheXpert-v1.0-small/valid.csv"),
      StartsWith(absl::StrCat(header,
                              "CheXpert-v1.0-small/valid/patient64541/study1/"
                              "view1_frontal.jpg,")));
  EXPECT_THAT(
      BytesOf(plan, "CheXpert/test_labels.csv"),
      StartsWith(absl::StrCat("Path,", kLabels,
                              "test/patient64741/study1/view1_frontal.jpg,")));
}

TEST(ChexpertTest, LargeFilmsAreTheFullRelease) {
  SynthOptions options = Options(/*defects=*/false);
  options.scale = 0.25;
  const SourcePlan plan = PlanChexpert(options);
  EXPECT_THAT(plan.truth.images(0).path(), StartsWith("CheXpert-v1.0/train/"));
  EXPECT_THAT(BytesOf(plan, "CheXpert-v1.0/train.csv"),
              HasSubstr("\nCheXpert-v1.0/train/patient00001/"));
}

TEST(ChexpertTest, ListsAreReadFromTheFilmAndTrainingFromReports) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 150;
  std::set<double> training_cells;
  int silent = 0;
  int wrong = 0;
  const SourceTruth truth = PlanChexpert(options).truth;
  for (const ImageTruth& image : truth.images()) {
    const auto it = image.severity().find("Edema");
    const bool is_there =
        it != image.severity().end() && it->second >= kPresentFrom;
    if (image.part() != "TRAINING") {
      EXPECT_EQ(image.labels().size(), 14u);
      EXPECT_EQ(image.labels().at("Edema"), is_there ? 1.0 : 0.0);
      continue;
    }
    for (const auto& [name, value] : image.labels()) {
      training_cells.insert(value);
    }
    const auto label = image.labels().find("Edema");
    silent += label == image.labels().end() ? 1 : 0;
    wrong += label != image.labels().end() && label->second == 1.0 && !is_there
                 ? 1
                 : 0;
  }
  EXPECT_THAT(training_cells, ElementsAre(-1.0, 0.0, 1.0));
  EXPECT_GT(silent, 50);
  EXPECT_GT(wrong, 0);
}

TEST(ChexpertTest, EachDefectIsInTheTruth) {
  EXPECT_THAT(DefectsOf(PlanChexpert(Options(/*defects=*/false)).truth),
              ElementsAre(Pair("", _)));
  const std::map<std::string, int> defects =
      DefectsOf(PlanChexpert(Options(/*defects=*/true)).truth);
  EXPECT_THAT(defects, ElementsAre(Pair("", Gt(0)), Pair("age 0", Gt(0)),
                                   Pair("lateral called frontal", 2),
                                   Pair("unknown sex", Gt(0))));
}

TEST(ChexpertTest, SharesOfViewsAreThoseOfTheRealSource) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 400;
  std::map<std::string, double> views;
  const SourceTruth truth = PlanChexpert(options).truth;
  for (const ImageTruth& image : truth.images()) {
    views[image.part() == "TEST" ? "" : image.view()] += 1.0;
  }
  const double frontal = views["AP"] + views["PA"];
  EXPECT_NEAR(views["AP"] / frontal, 0.85, 0.05);
  EXPECT_NEAR(views["LATERAL"] / (frontal + views["LATERAL"]), 0.145, 0.04);
}

TEST(ChexpertTest, NoPatientIsOnTwoLists) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 60;
  std::map<std::string, std::set<std::string>> parts;
  const SourceTruth truth = PlanChexpert(options).truth;
  for (const ImageTruth& image : truth.images()) {
    parts[image.patient_id()].insert(image.part());
  }
  EXPECT_EQ(parts.size(), 60u);
  for (const auto& [patient, lists] : parts) {
    EXPECT_EQ(lists.size(), 1u) << patient;
  }
}

TEST(ChexpertTest, SameOptionsGiveTheSameBytes) {
  SynthOptions options = Options(/*defects=*/true);
  const SourcePlan plan = PlanChexpert(options);
  ExpectSamePlan(plan, PlanChexpert(options));
  options.seed = 6;
  EXPECT_NE(BytesOf(plan, "CheXpert-v1.0-small/train.csv"),
            BytesOf(PlanChexpert(options), "CheXpert-v1.0-small/train.csv"));
}

}  // namespace
}  // namespace cxr::synth
