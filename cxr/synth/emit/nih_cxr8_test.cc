// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/nih_cxr8.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decode_image.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/data/source/nih_cxr8.h"
#include "cxr/data/source/testing.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/round_trip_testing.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSubsetOf;
using ::testing::MatchesRegex;
using ::testing::Pair;
using ::testing::StartsWith;

SynthOptions Options(bool defects) {
  return {.seed = 2, .patients = 14, .scale = 0.08, .defects = defects};
}

TEST(NihCxr8Test, ReaderGivesTheTruthBack) {
  for (const bool defects : {false, true}) {
    SCOPED_TRACE(defects);
    const SourcePlan plan = PlanNihCxr8(Options(defects));
    const TempDir folder;
    WritePlan(plan, folder.path());
    ASSERT_OK_AND_ASSIGN(ImageIndex index, ReadNihCxr8(folder.path()));
    EXPECT_GE(index.examples.size(), 14u);
    EXPECT_GT(index.boxes.size(), 0u);
    ExpectRoundTrip(index, plan.truth);
    ExpectSameBoxes(index, plan.truth);
    if (defects) {
      EXPECT_THAT(RemarksOf(index),
                  ElementsAre(Pair("ages above 120, taken as unknown",
                                   StartsWith("1, "))));
    } else {
      EXPECT_THAT(RemarksOf(index), IsEmpty());
    }
    const FileDataset dataset(std::move(index), {.folder = folder.path()});
    ExpectImagesDecode(dataset, plan.truth);
    ExpectPixels(
        dataset, plan.truth,
        FilmsOf(plan.truth, MakePopulation(NihCxr8Style(), Options(defects))),
        [](const FilmRequest& film) { return ToGray(DrawFilm(film)); });
  }
}

TEST(NihCxr8Test, TablesHaveTheFormOfTheRealOnes) {
  const SourcePlan plan = PlanNihCxr8(Options(/*defects=*/false));
  const std::vector<std::string> rows =
      absl::StrSplit(BytesOf(plan, "Data_Entry_2017_v2020.csv"), '\n');
  EXPECT_EQ(rows[0],
            "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,"
            "Patient Gender,View Position,OriginalImage[Width,Height],"
            "OriginalImagePixelSpacing[x,y]");
  for (size_t i = 1; i + 1 < rows.size(); ++i) {
    EXPECT_THAT(rows[i],
                MatchesRegex("[0-9]{8}_[0-9]{3}.png,[A-Za-z_ |]+,[0-9]+,[0-9]+,"
                             "[0-9]+,[FM],(AP|PA),[0-9]{4},[0-9]{4},"
                             "0\\.[0-9]+,0\\.[0-9]+"));
  }
  const std::vector<std::string> boxes =
      absl::StrSplit(BytesOf(plan, "BBox_List_2017.csv"), '\n');
  EXPECT_EQ(boxes[0], "Image Index,Finding Label,Bbox [x,y,w,h],,,");
  for (size_t i = 1; i + 1 < boxes.size(); ++i) {
    EXPECT_THAT(boxes[i],
                MatchesRegex("[0-9]{8}_[0-9]{3}.png,[A-Za-z]+(,[0-9]+\\.[0-9]+)"
                             "{4},,,"));
  }
}

TEST(NihCxr8Test, ListsHoldEachImageOnceAndNoPatientTwice) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 100;
  const SourcePlan plan = PlanNihCxr8(options);
  std::map<std::string, std::set<std::string>> patients;
  int images = 0;
  for (const char* list : {"train_val_list.txt", "test_list.txt"}) {
    for (const auto name :
         absl::StrSplit(BytesOf(plan, list), '\n', absl::SkipEmpty())) {
      patients[list].insert(std::string(name.substr(0, 8)));
      ++images;
    }
  }
  EXPECT_EQ(images, plan.truth.images_size());
  EXPECT_EQ(
      patients["train_val_list.txt"].size() + patients["test_list.txt"].size(),
      100u);
  EXPECT_NEAR(patients["test_list.txt"].size(), 22.8, 1.5);
}

// Of the findings that have a label of their own.
TEST(NihCxr8Test, LabelsAreWhatIsThereButForAFewErrors) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 400;
  std::map<bool, double> studies;  // by whether the finding is there
  std::map<bool, double> errors;
  std::set<std::pair<int, int>> seen;
  const SourceTruth truth = PlanNihCxr8(options).truth;
  for (const ImageTruth& image : truth.images()) {
    if (!seen.emplace(image.patient(), image.study()).second) {
      continue;
    }
    for (const auto& [finding, label] :
         {std::pair("PleuralEffusion", "Effusion"),
          {"PleuralThickening", "Pleural_Thickening"},
          {"Cardiomegaly", "Cardiomegaly"},
          {"Consolidation", "Consolidation"},
          {"Edema", "Edema"},
          {"Emphysema", "Emphysema"},
          {"Fibrosis", "Fibrosis"},
          {"Atelectasis", "Atelectasis"},
          {"Pneumonia", "Pneumonia"},
          {"Mass", "Mass"},
          {"Hernia", "Hernia"}}) {
      const auto it = image.severity().find(finding);
      const bool is_there =
          it != image.severity().end() && it->second >= kPresentFrom;
      studies[is_there] += 1.0;
      errors[is_there] += (image.labels().at(label) == 1.0) != is_there;
    }
  }
  EXPECT_NEAR(errors[true] / studies[true], 0.06, 0.02);
  EXPECT_NEAR(errors[false] / studies[false], 0.03, 0.006);
}

TEST(NihCxr8Test, BoxesAreOfTheEightFindingsAndInsideOfTheFilm) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 150;
  const SourcePlan plan = PlanNihCxr8(options);
  std::set<std::string> findings;
  int boxed = 0;
  for (const ImageTruth& image : plan.truth.images()) {
    boxed += image.boxes().empty() ? 0 : 1;
    for (const Box& box : image.boxes()) {
      findings.insert(box.finding());
      EXPECT_EQ(image.labels().at(box.finding()), 1.0) << image.id();
      EXPECT_GE(box.left(), 0.0);
      EXPECT_GE(box.top(), 0.0);
      EXPECT_GT(box.width(), 0.0);
      EXPECT_GT(box.height(), 0.0);
      EXPECT_LE(box.left() + box.width(), image.width());
      EXPECT_LE(box.top() + box.height(), image.height());
    }
  }
  EXPECT_GT(boxed, 10);
  EXPECT_LT(boxed, plan.truth.images_size() / 2);
  EXPECT_THAT(findings, IsSubsetOf({"Atelectasis", "Cardiomegaly", "Effusion",
                                    "Infiltration", "Mass", "Nodule",
                                    "Pneumonia", "Pneumothorax"}));
  EXPECT_THAT(BytesOf(plan, "BBox_List_2017.csv"), HasSubstr(",Infiltrate,"));
}

TEST(NihCxr8Test, OneFileHasFourChannelsWithDefects) {
  for (const bool defects : {false, true}) {
    const SourcePlan plan = PlanNihCxr8(Options(defects));
    const ImageTruth& image = plan.truth.images(0);
    EXPECT_EQ(image.defect(), defects ? "rgba" : "");
    ASSERT_OK_AND_ASSIGN(
        const DecodedImage decoded,
        DecodeImage(BytesOf(plan, image.path()), image.path(), {}));
    EXPECT_EQ(decoded.facts.channels, defects ? 4 : 1);
  }
}

TEST(NihCxr8Test, SameOptionsGiveTheSameBytes) {
  SynthOptions options = Options(/*defects=*/true);
  const SourcePlan plan = PlanNihCxr8(options);
  ExpectSamePlan(plan, PlanNihCxr8(options));
  options.seed = 3;
  EXPECT_NE(BytesOf(plan, "Data_Entry_2017_v2020.csv"),
            BytesOf(PlanNihCxr8(options), "Data_Entry_2017_v2020.csv"));
}

}  // namespace
}  // namespace cxr::synth
