// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/ranked_targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A target of both classes, and one of negatives only.
LabelledScores TwoTargets() {
  return {.classes = {"edema", "mass"},
          .ids = {"a", "b", "c", "d"},
          .labels = {{0, 0, 1, 1}, {0, 0, 0, 0}},
          .scores = {{0.1, 0.4, 0.35, 0.8}, {0.1, 0.2, 0.3, 0.4}}};
}

RankedTargets Ranked(spec::ScorerProfile profile) {
  return *RankedTargets::Create(TwoTargets(), profile);
}

// scikit-learn 1.6.1 of this example: 0.75 and 0.8333333333333333.
TEST(RankedTargetsTest, ValuesAreThoseOfScikitLearn) {
  const RankedTargets targets = Ranked(spec::SCIKIT_LEARN);
  EXPECT_EQ(targets.Value(RankMetric::kAuroc, 0), 0.75);
  EXPECT_NEAR(targets.Value(RankMetric::kAuprc, 0), 5.0 / 6.0, 1e-15);
  EXPECT_TRUE(std::isnan(targets.Value(RankMetric::kAuroc, 1)));
  EXPECT_EQ(targets.Value(RankMetric::kAuprc, 1), 0.0);
  EXPECT_EQ(targets.positives(), 2);
  EXPECT_TRUE(targets.HasBothClasses(0));
  EXPECT_FALSE(targets.HasBothClasses(1));
}

TEST(RankedTargetsTest, ProfilesDifferInTargetsOfOneClass) {
  const RankedTargets sklearn = Ranked(spec::CXFORMER_FINETUNE);
  EXPECT_TRUE(std::isnan(sklearn.Macro(RankMetric::kAuroc)));
  EXPECT_NEAR(sklearn.Macro(RankMetric::kAuprc), 5.0 / 12.0, 1e-15);
  const RankedTargets old = Ranked(spec::CXFORMER_LINEAR_EVAL);
  EXPECT_EQ(old.Macro(RankMetric::kAuroc), 0.375);
  EXPECT_NEAR(old.Macro(RankMetric::kAuprc), 5.0 / 6.0, 1e-15);
  const RankedTargets now = Ranked(spec::TORCHMETRICS);
  EXPECT_EQ(now.Macro(RankMetric::kAuroc), 0.375);
  EXPECT_NEAR(now.Macro(RankMetric::kAuprc), 5.0 / 12.0, 1e-15);
}

// torchmetrics 0.10.3 and 1.9.0, and scikit-learn 1.6.1, of columns of one
// class only.
TEST(RankedTargetsTest, ProfilesDifferInTheValueOfATargetOfOneClass) {
  LabelledScores scores = TwoTargets();
  scores.labels = {{0, 0, 0, 0}, {1, 1, 1, 1}};
  for (const auto profile : {spec::CXFORMER_LINEAR_EVAL, spec::TORCHMETRICS}) {
    const RankedTargets targets = *RankedTargets::Create(scores, profile);
    EXPECT_EQ(targets.ProfileValue(RankMetric::kAuroc, 0), 0.0);
    EXPECT_EQ(targets.ProfileValue(RankMetric::kAuroc, 1), 0.0);
    EXPECT_EQ(targets.ProfileValue(RankMetric::kAuprc, 1), 1.0);
    // What records hold is none of the profile's.
    EXPECT_TRUE(std::isnan(targets.Value(RankMetric::kAuroc, 0)));
    EXPECT_EQ(targets.Value(RankMetric::kAuprc, 0), 0.0);
  }
  EXPECT_TRUE(
      std::isnan(RankedTargets::Create(scores, spec::CXFORMER_LINEAR_EVAL)
                     ->ProfileValue(RankMetric::kAuprc, 0)));
  EXPECT_EQ(RankedTargets::Create(scores, spec::TORCHMETRICS)
                ->ProfileValue(RankMetric::kAuprc, 0),
            0.0);
  const RankedTargets sklearn =
      *RankedTargets::Create(scores, spec::SCIKIT_LEARN);
  for (int64_t k = 0; k < 2; ++k) {
    EXPECT_TRUE(std::isnan(sklearn.ProfileValue(RankMetric::kAuroc, k)));
    EXPECT_EQ(sklearn.ProfileValue(RankMetric::kAuprc, k), k);
  }
}

TEST(RankedTargetsTest, ResamplesOfOneClassAreUndefined) {
  const RankedTargets targets = Ranked(spec::TORCHMETRICS);
  const std::vector<int32_t> negatives = {2, 2, 0, 0};
  EXPECT_TRUE(std::isnan(targets.Value(RankMetric::kAuprc, 0, negatives)));
  const std::vector<int32_t> all = {1, 1, 1, 1};
  EXPECT_EQ(targets.Value(RankMetric::kAuroc, 0, all), 0.75);
  EXPECT_TRUE(std::isnan(targets.Macro(RankMetric::kAuroc, all)));
}

TEST(RankedTargetsTest, FillGivesAllValuesOfAResample) {
  LabelledScores scores = TwoTargets();
  scores.labels[1] = {0, 1, 0, 1};
  const RankedTargets targets =
      *RankedTargets::Create(scores, spec::SCIKIT_LEARN);
  const std::vector<int32_t> counts = {2, 1, 1, 3};
  std::vector<double> values(targets.statistics());
  targets.Fill(counts, absl::MakeSpan(values));
  for (const RankMetric metric : kRankMetrics) {
    for (int64_t k = 0; k < 2; ++k) {
      EXPECT_EQ(values[targets.Place(metric, k)],
                targets.Value(metric, k, counts));
    }
    EXPECT_EQ(values[targets.MacroPlace(metric)],
              targets.Macro(metric, counts));
  }
}

TEST(RankedTargetsTest, FinetuneTakesTheSigmoidOfEveryScore) {
  EXPECT_THAT(ProfileScores({{0.0, 40.0, 50.0}}, spec::CXFORMER_FINETUNE),
              ElementsAre(ElementsAre(0.5, 1.0, 1.0)));
}

TEST(RankedTargetsTest, TorchmetricsTakesItIfAnyScoreIsNoProbability) {
  EXPECT_THAT(ProfileScores({{0.0, 1.0}, {0.25, 0.5}}, spec::TORCHMETRICS),
              ElementsAre(ElementsAre(0.0, 1.0), ElementsAre(0.25, 0.5)));
  EXPECT_THAT(ProfileScores({{0.0}, {40.0}}, spec::CXFORMER_LINEAR_EVAL),
              ElementsAre(ElementsAre(0.5), ElementsAre(1.0)));
}

TEST(RankedTargetsTest, Float32ProfilesMakeTiesOfWhatTheyCannotTellApart) {
  const std::vector<double> near = {0.5, 0.5 + 1e-12};
  EXPECT_THAT(ProfileScores({near}, spec::SCIKIT_LEARN), ElementsAre(near));
  EXPECT_THAT(ProfileScores({near}, spec::TORCHMETRICS),
              ElementsAre(ElementsAre(0.5, 0.5)));
}

TEST(RankedTargetsTest, NamesTheTargetOfABadScore) {
  LabelledScores scores = TwoTargets();
  scores.scores[1][2] = std::nan("");
  EXPECT_THAT(
      RankedTargets::Create(scores, spec::SCIKIT_LEARN),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("target mass")));
}

}  // namespace
}  // namespace cxr
