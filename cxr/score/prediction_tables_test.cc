// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/prediction_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/score/classification.h"
#include "cxr/score/classification_report.h"
#include "cxr/score/labelled_score_files.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

spec::ScoreSpec Spec(spec::ScoreLevel level, spec::ScorerProfile profile) {
  spec::ScoreSpec spec;
  spec.mutable_classification()->set_profile(profile);
  spec.mutable_classification()->set_level(level);
  spec.mutable_bootstrap()->set_resamples(20);
  spec.mutable_bootstrap()->set_confidence(0.95);
  spec.mutable_bootstrap()->set_seed(0);
  spec.mutable_bootstrap()->set_unit(spec::PATIENT);
  return spec;
}

// 60 images of 20 patients, of which some logits are equal and some so large
// that a float32 sigmoid makes them so.
NamedPredictions RunOf(int seed) {
  NamedPredictions run = {.name = absl::StrCat("st/seed=", seed)};
  Predictions& predictions = run.predictions;
  predictions.targets = {"Mass", "Pleural Effusion"};
  for (int i = 0; i < 60; ++i) {
    predictions.ids.push_back(absl::StrCat("a,", 100 - i, ".png"));
    predictions.patients.push_back(absl::StrCat("p", i / 3));
    for (int k = 0; k < 2; ++k) {
      const bool label = (i / 2 * (k + 3) + k) % 7 < 3;
      predictions.labels.push_back(label ? 1.0f : 0.0f);
      predictions.logits.push_back(
          static_cast<float>(i % 9 == 0 ? 0.5 : 25 * std::sin(i + k + seed)));
    }
  }
  return run;
}

// What `cxr score classification` makes of the tables.
absl::StatusOr<spec::ScoreReport> Report(const PredictionTables& tables,
                                         size_t run) {
  const TempDir dir;
  const std::string truth = dir.File("truth.csv");
  const std::string scores = dir.File("scores.csv");
  CXR_RETURN_IF_ERROR(WriteNewFile(truth, tables.truth));
  CXR_RETURN_IF_ERROR(WriteNewFile(scores, tables.scores[run]));
  CXR_ASSIGN_OR_RETURN(
      const LabelledScoreTables read,
      ReadLabelledScores({.labels = truth,
                          .scores = scores,
                          .patient_column = std::string(kPatientColumn)}));
  EXPECT_THAT(read.unused, ElementsAre());
  return MakeClassificationReport(read.scores, {.resamples = 20});
}

TEST(PredictionTablesTest, ScoresOfTheTablesAreThoseOfTheRecord) {
  for (const spec::ScoreLevel level : {spec::IMAGE_LEVEL, spec::PATIENT_MAX}) {
    for (const spec::ScorerProfile profile :
         {spec::CXFORMER_FINETUNE, spec::CXFORMER_LINEAR_EVAL,
          spec::SCIKIT_LEARN, spec::TORCHMETRICS}) {
      const spec::ScoreSpec spec = Spec(level, profile);
      const std::vector<NamedPredictions> runs = {RunOf(0), RunOf(1)};
      ASSERT_OK_AND_ASSIGN(const PredictionTables tables,
                           MakePredictionTables(runs, spec.classification()));
      ASSERT_EQ(tables.scores.size(), 2u);
      for (size_t run = 0; run < 2; ++run) {
        ASSERT_OK_AND_ASSIGN(const spec::ScoreReport report,
                             Report(tables, run));
        ASSERT_OK_AND_ASSIGN(const std::vector<spec::MetricValue> record,
                             ScoreClassification(runs[run].predictions, spec));
        for (const spec::MetricValue& value : record) {
          const auto same =
              std::find_if(report.values().begin(), report.values().end(),
                           [&](const spec::MetricValue& other) {
                             return other.metric() == value.metric() &&
                                    other.target() == value.target();
                           });
          ASSERT_NE(same, report.values().end()) << value.metric();
          EXPECT_EQ(same->value(), value.value()) << value.metric();
          EXPECT_EQ(same->patients(), 20);
        }
      }
    }
  }
}

TEST(PredictionTablesTest, RowsAreImagesWithTheirPatients) {
  const NamedPredictions run = {.predictions = {.targets = {"Mass", "Edema"},
                                                .ids = {"b", "a"},
                                                .patients = {"p,1", "q"},
                                                .labels = {0, 1, 1, 0},
                                                .logits = {-1, 2, 3, 0.1f}}};
  ASSERT_OK_AND_ASSIGN(
      const PredictionTables tables,
      MakePredictionTables(
          {run}, Spec(spec::IMAGE_LEVEL, spec::SCIKIT_LEARN).classification()));
  EXPECT_EQ(tables.truth, "id,patient,Mass,Edema\nb,\"p,1\",0,1\na,q,1,0\n");
  EXPECT_THAT(tables.scores,
              ElementsAre("id,Mass,Edema\nb,-1,2\na,3,0.100000001\n"));
}

TEST(PredictionTablesTest, ATargetIsNoOtherColumn) {
  const NamedPredictions run = {.predictions = {.targets = {"patient"},
                                                .ids = {"a"},
                                                .patients = {"p"},
                                                .labels = {0},
                                                .logits = {1}}};
  EXPECT_THAT(
      MakePredictionTables(
          {run}, Spec(spec::IMAGE_LEVEL, spec::SCIKIT_LEARN).classification()),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("target 'patient': the column of that name")));
}

}  // namespace
}  // namespace cxr
