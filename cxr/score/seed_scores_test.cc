// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/seed_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/score/classification.h"

namespace cxr {
namespace {

using ::testing::DoubleNear;
using ::testing::HasSubstr;

spec::ScoreSpec Spec() {
  spec::ScoreSpec spec;
  spec.mutable_classification()->set_profile(spec::CXFORMER_FINETUNE);
  spec.mutable_classification()->set_level(spec::IMAGE_LEVEL);
  spec::BootstrapSpec& bootstrap = *spec.mutable_bootstrap();
  bootstrap.set_resamples(200);
  bootstrap.set_confidence(0.95);
  bootstrap.set_seed(3);
  bootstrap.set_unit(spec::PATIENT);
  return spec;
}

// 80 images of 40 patients, two targets.
NamedPredictions RunOf(int seed) {
  NamedPredictions run = {.name = absl::StrCat("st/seed=", seed)};
  Predictions& predictions = run.predictions;
  predictions.targets = {"Mass", "Edema"};
  for (int i = 0; i < 80; ++i) {
    predictions.ids.push_back(absl::StrCat("image", i));
    predictions.patients.push_back(absl::StrCat("p", i / 2));
    for (int k = 0; k < 2; ++k) {
      const int label = (i / 2 * (k + 3) + k) % 7 < 3;
      predictions.labels.push_back(static_cast<float>(label));
      predictions.logits.push_back(static_cast<float>(
          std::sin(i * (k + 1.5)) + 0.3 * seed * std::cos(i * seed) + label));
    }
  }
  return run;
}

std::vector<NamedPredictions> TwoRuns() { return {RunOf(0), RunOf(1)}; }

std::vector<spec::MetricValue> Alone(const NamedPredictions& run,
                                     const spec::ScoreSpec& spec) {
  absl::StatusOr<std::vector<spec::MetricValue>> values =
      ScoreClassification(run.predictions, spec);
  EXPECT_OK(values);
  return values.ok() ? *std::move(values) : std::vector<spec::MetricValue>();
}

TEST(SeedScoresTest, ValuesAreThoseOfRecordsAndTheirMean) {
  for (const spec::ScoreLevel level : {spec::IMAGE_LEVEL, spec::PATIENT_MAX}) {
    spec::ScoreSpec spec = Spec();
    spec.mutable_classification()->set_level(level);
    const std::vector<NamedPredictions> runs = {RunOf(0), RunOf(1), RunOf(2)};
    ASSERT_OK_AND_ASSIGN(const std::vector<spec::SeedValue> seeds,
                         ScoreSeeds(runs, spec, 1));
    ASSERT_EQ(seeds.size(), 6u);
    for (size_t i = 0; i < seeds.size(); ++i) {
      double sum = 0;
      for (int run = 0; run < 3; ++run) {
        const spec::MetricValue alone = Alone(runs[run], spec)[i];
        EXPECT_EQ(seeds[i].mean().metric(), alone.metric());
        EXPECT_EQ(seeds[i].mean().target(), alone.target());
        EXPECT_EQ(seeds[i].mean().images(), alone.images());
        EXPECT_EQ(seeds[i].mean().patients(), alone.patients());
        EXPECT_EQ(seeds[i].mean().positives(), alone.positives());
        EXPECT_EQ(seeds[i].mean().profile(), alone.profile());
        EXPECT_EQ(seeds[i].runs(run), alone.value());
        sum += alone.value();
      }
      EXPECT_THAT(seeds[i].mean().value(), DoubleNear(sum / 3, 1e-12));
      EXPECT_LT(seeds[i].mean().interval().low(), seeds[i].mean().value());
      EXPECT_GT(seeds[i].mean().interval().high(), seeds[i].mean().value());
      EXPECT_THAT(seeds[i].mean().interval().kind(),
                  HasSubstr("200 resamples of patients, seed 3, numpy "
                            "RandomState, and of the 3 runs"));
    }
  }
}

// The order of rows is the first run's, so a run may write others.
TEST(SeedScoresTest, RowsAreMatchedById) {
  NamedPredictions turned = RunOf(1);
  Predictions& rows = turned.predictions;
  std::reverse(rows.ids.begin(), rows.ids.end());
  std::reverse(rows.patients.begin(), rows.patients.end());
  for (int i = 0; i < 40; ++i) {
    for (int k = 0; k < 2; ++k) {
      std::swap(rows.labels[2 * i + k], rows.labels[2 * (79 - i) + k]);
      std::swap(rows.logits[2 * i + k], rows.logits[2 * (79 - i) + k]);
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto straight, ScoreSeeds(TwoRuns(), Spec(), 1));
  ASSERT_OK_AND_ASSIGN(const auto matched,
                       ScoreSeeds(std::vector{RunOf(0), turned}, Spec(), 1));
  for (size_t i = 0; i < straight.size(); ++i) {
    EXPECT_EQ(straight[i].DebugString(), matched[i].DebugString());
  }
}

TEST(SeedScoresTest, ThreadsChangeNoBit) {
  ASSERT_OK_AND_ASSIGN(const auto one, ScoreSeeds(TwoRuns(), Spec(), 1));
  ASSERT_OK_AND_ASSIGN(const auto two, ScoreSeeds(TwoRuns(), Spec(), 2));
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].DebugString(), two[i].DebugString());
  }
}

TEST(SeedScoresTest, ImagesAreDrawnWhereTheSpecSaysSo) {
  spec::ScoreSpec spec = Spec();
  spec.mutable_bootstrap()->set_unit(spec::IMAGE);
  ASSERT_OK_AND_ASSIGN(const auto seeds, ScoreSeeds(TwoRuns(), spec, 1));
  EXPECT_THAT(seeds[0].mean().interval().kind(),
              HasSubstr("200 resamples of images"));
  EXPECT_EQ(seeds[0].mean().patients(), 40);
}

TEST(SeedScoresTest, OneRunIsNoMean) {
  std::vector<NamedPredictions> runs = {RunOf(0)};
  EXPECT_THAT(ScoreSeeds(runs, Spec(), 1),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "found 1 runs, expected 2 or more"));
  runs = std::vector<NamedPredictions>(2);
  EXPECT_THAT(ScoreSeeds(runs, Spec(), 1),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "there are no predictions to score"));
}

}  // namespace
}  // namespace cxr
