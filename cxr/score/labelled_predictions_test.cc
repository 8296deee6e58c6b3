// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_predictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

TEST(LabelledPredictionsTest, RowsBecomeColumnsInTheirOrder) {
  const LabelledScores scores = ToLabelledScores({.targets = {"Mass", "Edema"},
                                                  .ids = {"b", "a"},
                                                  .patients = {"p", "p"},
                                                  .labels = {0, 1, 1, 1},
                                                  .logits = {-1, 2, 3, 4}});
  EXPECT_THAT(scores.classes, ElementsAre("Mass", "Edema"));
  EXPECT_THAT(scores.ids, ElementsAre("b", "a"));
  EXPECT_THAT(scores.patients, ElementsAre("p", "p"));
  EXPECT_THAT(scores.scores,
              ElementsAre(ElementsAre(-1, 3), ElementsAre(2, 4)));
  EXPECT_THAT(scores.labels, ElementsAre(ElementsAre(0, 1), ElementsAre(1, 1)));
  EXPECT_THAT(scores.lines, ElementsAre(2, 3));
  EXPECT_EQ(scores.images, 2);
}

TEST(LabelledPredictionsTest, APatientHasTheMostOfHisImages) {
  ASSERT_OK_AND_ASSIGN(
      const LabelledScores scores,
      ScoresOfPatients(ToLabelledScores({.targets = {"Mass"},
                                         .ids = {"a", "b", "c"},
                                         .patients = {"p", "q", "p"},
                                         .labels = {0, 0, 1},
                                         .logits = {5, 2, 3}})));
  EXPECT_THAT(scores.patients, ElementsAre("p", "q"));
  EXPECT_THAT(scores.labels, ElementsAre(ElementsAre(1, 0)));
  EXPECT_THAT(scores.scores, ElementsAre(ElementsAre(5, 2)));
  EXPECT_EQ(scores.images, 3);
}

}  // namespace
}  // namespace cxr
