// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/score_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Scores `predictions`, an artifact of the predict stage.
absl::StatusOr<StageOutput> Score(const std::string& predictions) {
  constexpr absl::string_view kSpec = R"pb(
    score {
      classification { profile: CXFORMER_FINETUNE level: IMAGE_LEVEL }
      bootstrap { resamples: 20 confidence: 0.95 seed: 0 unit: PATIENT }
    }
  )pb";
  FakeStage stage;
  EXPECT_THAT(ParseTextproto(kSpec, stage.spec).issues, IsEmpty());
  stage.inputs[{StageKind::kPredict, "predictions.csv"}] = predictions;
  return stage.Run(StageKind::kScore, RunScoreStage);
}

// Three of the four pairs of a positive and a negative are in order.
TEST(ScoreStageTest, PredictionsBecomeMetrics) {
  ASSERT_OK_AND_ASSIGN(const StageOutput output,
                       Score("id,patient,Mass label,Mass logit\n"
                             "a.png,p1,0,-2\n"
                             "b.png,p2,1,-1\n"
                             "c.png,p3,0,0\n"
                             "d.png,p4,1,1\n"));
  EXPECT_THAT(output.artifacts, IsEmpty());
  ASSERT_FALSE(output.metrics.empty());
  EXPECT_EQ(output.metrics[0].metric(), "auroc");
  EXPECT_EQ(output.metrics[0].target(), "Mass");
  EXPECT_EQ(output.metrics[0].value(), 0.75);
  EXPECT_EQ(output.metrics[0].profile(), "CXFORMER_FINETUNE");
}

TEST(ScoreStageTest, DamagedPredictionsAreNotScored) {
  EXPECT_THAT(
      Score("id,patient,Mass label,Mass logit\na.png,p1,2,0.5\n"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("predictions.csv:2")));
}

}  // namespace
}  // namespace cxr
