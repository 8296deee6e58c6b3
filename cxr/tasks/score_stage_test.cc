// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/score_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
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

TEST(ScoreStageTest, SubgroupsAreThoseOfTheIndex) {
  constexpr absl::string_view kSpec = R"pb(
    score {
      classification { profile: CXFORMER_FINETUNE level: IMAGE_LEVEL }
      bootstrap { resamples: 20 confidence: 0.95 seed: 0 unit: PATIENT }
      subgroups { groupings: BY_SEX }
    }
  )pb";
  FakeStage stage;
  ASSERT_THAT(ParseTextproto(kSpec, stage.spec).issues, IsEmpty());
  stage.inputs[{StageKind::kPredict, "predictions.csv"}] =
      "id,patient,Mass label,Mass logit\n"
      "a.png,p1,0,-2\nb.png,p2,1,-1\nc.png,p3,0,0\nd.png,p4,1,1\n";
  stage.inputs[{StageKind::kData, "index.csv"}] =
      "row,id,patient,study,part,view,sex,age,fold,Mass\n"
      "5,c.png,p3,,,PA,F,40,0,0\n6,d.png,p4,,,PA,F,41,1,1\n"
      "7,a.png,p1,,,PA,M,42,0,0\n8,b.png,p2,,,PA,M,43,1,1\n";
  ASSERT_OK_AND_ASSIGN(const StageOutput output,
                       stage.Run(StageKind::kScore, RunScoreStage));
  std::vector<std::string> groups;
  for (const spec::MetricValue& value : output.metrics) {
    if (value.metric() == "auroc" && value.target() == "Mass") {
      groups.push_back(value.group());
    }
  }
  EXPECT_THAT(groups, ElementsAre("", "sex=F", "sex=M"));
}

TEST(ScoreStageTest, DamagedPredictionsAreNotScored) {
  EXPECT_THAT(
      Score("id,patient,Mass label,Mass logit\na.png,p1,2,0.5\n"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("predictions.csv:2")));
}

}  // namespace
}  // namespace cxr
