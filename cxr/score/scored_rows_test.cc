// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/scored_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

NamedPredictions FirstRun() {
  return {.name = "st/seed=0",
          .predictions = {.targets = {"Mass"},
                          .ids = {"a", "b", "c"},
                          .patients = {"q", "p", "q"},
                          .labels = {0, 0, 1},
                          .logits = {5, 2, 3}}};
}

// The same images in another order.
NamedPredictions SecondRun() {
  return {.name = "st/seed=1",
          .predictions = {.targets = {"Mass"},
                          .ids = {"c", "a", "b"},
                          .patients = {"q", "q", "p"},
                          .labels = {1, 0, 0},
                          .logits = {-3, -5, -2}}};
}

TEST(ScoredRowsTest, ImagesStandInTheOrderOfTheFirstRun) {
  ASSERT_OK_AND_ASSIGN(
      const LabelledScores rows,
      ScoredRows({FirstRun(), SecondRun()}, spec::IMAGE_LEVEL));
  EXPECT_THAT(rows.ids, ElementsAre("a", "b", "c"));
  EXPECT_THAT(rows.labels, ElementsAre(ElementsAre(0, 0, 1)));
  EXPECT_THAT(rows.scores, ElementsAre(ElementsAre(5, 2, 3)));
  EXPECT_THAT(rows.other_runs,
              ElementsAre(ElementsAre(ElementsAre(-5, -2, -3))));
}

TEST(ScoredRowsTest, APatientIsARowWhereTheSpecSaysSo) {
  ASSERT_OK_AND_ASSIGN(
      const LabelledScores rows,
      ScoredRows({FirstRun(), SecondRun()}, spec::PATIENT_MAX));
  EXPECT_THAT(rows.ids, ElementsAre("p", "q"));
  EXPECT_THAT(rows.labels, ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(rows.scores, ElementsAre(ElementsAre(2, 5)));
  EXPECT_THAT(rows.other_runs, ElementsAre(ElementsAre(ElementsAre(-2, -3))));
}

TEST(ScoredRowsTest, RunsMustAnswerForTheSameImages) {
  const auto status = [](const NamedPredictions& other) {
    return ScoredRows({FirstRun(), other}, spec::IMAGE_LEVEL).status();
  };
  NamedPredictions other = SecondRun();
  other.predictions.targets[0] = "Nodule";
  EXPECT_THAT(status(other),
              StatusIs(kDataLoss, HasSubstr("st/seed=1: its targets are not "
                                            "those of st/seed=0")));
  other = SecondRun();
  other.predictions.ids[2] = "another";
  EXPECT_THAT(status(other),
              StatusIs(kDataLoss, HasSubstr("without the image 'b'")));
  other = SecondRun();
  other.predictions.ids.pop_back();
  EXPECT_THAT(status(other),
              StatusIs(kDataLoss, HasSubstr("its images are not those")));
  other = SecondRun();
  other.predictions.patients[2] = "another";
  EXPECT_THAT(status(other),
              StatusIs(kDataLoss, HasSubstr("its patients are not those")));
  other = SecondRun();
  other.predictions.labels[2] = 1;
  EXPECT_THAT(status(other),
              StatusIs(kDataLoss, HasSubstr("its labels of 'b' are not")));
}

TEST(ScoredRowsTest, NoImagesAreAnError) {
  EXPECT_THAT(ScoredRows({NamedPredictions()}, spec::IMAGE_LEVEL),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "there are no predictions to score"));
}

}  // namespace
}  // namespace cxr
