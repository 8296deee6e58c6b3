// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Four images of two patients.
LabelledScores FourImages() {
  return {.classes = {"edema"},
          .ids = {"a", "b", "c", "d"},
          .labels = {{1, 0, 1, 0}},
          .scores = {{0.5, 0.25, 0.75, 0.125}},
          .other_scores = {{1, 4, 3, 2}},
          .patients = {"y", "x", "y", "x"},
          .groups = {{.name = "sex", .cells = {"F", "M", "F", "M"}}},
          .truth_file = "l.csv",
          .lines = {5, 4, 3, 2},
          .images = 4};
}

TEST(LabelledScoresTest, APatientHasTheLargestScoreOfHisImages) {
  ASSERT_OK_AND_ASSIGN(const LabelledScores made, MaxOfPatients(FourImages()));
  EXPECT_THAT(made.ids, ElementsAre("x", "y"));
  EXPECT_THAT(made.patients, ElementsAre("x", "y"));
  EXPECT_THAT(made.labels, ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(made.scores, ElementsAre(ElementsAre(0.25, 0.75)));
  EXPECT_THAT(made.other_scores, ElementsAre(ElementsAre(4, 3)));
  EXPECT_THAT(made.groups[0].cells, ElementsAre("M", "F"));
  EXPECT_EQ(made.images, 4);
  EXPECT_THAT(made.images_of_row, ElementsAre(2, 2));
}

TEST(LabelledScoresTest, LabelsOfAPatientMustAgree) {
  LabelledScores images = FourImages();
  images.labels[0][2] = 0;
  EXPECT_THAT(MaxOfPatients(images),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("l.csv:3: edema: found '0', expected '1' as "
                                 "on line 5 for patient 'y'")));
}

TEST(LabelledScoresTest, GroupsOfAPatientMustAgree) {
  LabelledScores images = FourImages();
  images.groups[0].cells[3] = "";
  EXPECT_THAT(MaxOfPatients(images),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("l.csv:2: sex: found '', expected 'M'")));
}

TEST(LabelledScoresTest, NamesAreNumberedByTheirFirstAppearance) {
  const std::vector<std::string> names = {"y", "x", "y", "z"};
  EXPECT_THAT(NumberNames(names), ElementsAre(0, 1, 0, 2));
}

TEST(LabelledScoresTest, PatientsAreUnitsIfTheyAreKnown) {
  LabelledScores images = FourImages();
  EXPECT_EQ(UnitsOf(images)->units(), 2);
  EXPECT_EQ(CountPatients(images), 2);
  images.patients.clear();
  EXPECT_EQ(UnitsOf(images)->units(), 4);
  EXPECT_EQ(CountPatients(images), 0);
}

TEST(LabelledScoresTest, RunsAreMadeOfPatientsToo) {
  LabelledScores images = FourImages();
  images.other_runs = {{{1, 2, 3, 4}}, {{8, 7, 6, 5}}};
  ASSERT_OK_AND_ASSIGN(const LabelledScores made, MaxOfPatients(images));
  EXPECT_THAT(made.other_runs, ElementsAre(ElementsAre(ElementsAre(4, 3)),
                                           ElementsAre(ElementsAre(7, 8))));
}

TEST(LabelledScoresTest, StrataAreDrawnApartByRisingName) {
  LabelledScores images = FourImages();
  images.patients.clear();
  images.strata = {.name = "site", .cells = {"B", "A", "B", "B"}};
  ASSERT_OK(CheckStrata(images));
  EXPECT_THAT(UnitsOf(images)->stratum_sizes(), ElementsAre(1, 3));
  images.patients = {"y", "x", "y", "z"};
  ASSERT_OK(CheckStrata(images));
  EXPECT_THAT(UnitsOf(images)->stratum_sizes(), ElementsAre(1, 2));
}

TEST(LabelledScoresTest, APatientIsOfOneStratum) {
  LabelledScores images = FourImages();
  images.strata = {.name = "site", .cells = {"A", "A", "B", "A"}};
  EXPECT_THAT(CheckStrata(images),
              StatusIs(absl::StatusCode::kDataLoss,
                       "l.csv:3: site: found 'B', expected 'A' as on line 5 "
                       "for patient 'y': a patient is drawn whole, from one "
                       "stratum"));
  EXPECT_THAT(MaxOfPatients(images), StatusIs(absl::StatusCode::kDataLoss,
                                              HasSubstr("l.csv:3: site")));
  images.strata.cells[2] = "A";
  ASSERT_OK_AND_ASSIGN(const LabelledScores made, MaxOfPatients(images));
  EXPECT_THAT(made.strata.cells, ElementsAre("A", "A"));
}

TEST(LabelledScoresTest, EveryRowHasAStratum) {
  LabelledScores images = FourImages();
  images.strata = {.name = "site", .cells = {"A", "", "A", ""}};
  EXPECT_THAT(CheckStrata(images),
              StatusIs(absl::StatusCode::kDataLoss,
                       "l.csv:4: site: found '', expected a stratum"));
}

TEST(LabelledScoresDeathTest, MaxOfPatientsNeedsPatients) {
  LabelledScores images = FourImages();
  images.patients.clear();
  EXPECT_DEATH(MaxOfPatients(images).status().IgnoreError(), "0 patients of 4");
}

}  // namespace
}  // namespace cxr
