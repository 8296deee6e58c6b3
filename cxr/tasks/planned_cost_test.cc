// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/planned_cost.h"

#include <gtest/gtest.h>

#include "cxr/cost/stage_cost.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

TEST(PlannedCostTest, EachStageHasTheCostOfItsKind) {
  const spec::ExperimentSpec experiment =
      Layered({kPixelProbe, kVitOverlay, kOwnPretraining});
  EXPECT_GT(PretrainCost(experiment).flops, 0);
  EXPECT_EQ(PlannedCost(StageKind::kPretrain, experiment).flops(),
            PretrainCost(experiment).flops);
  EXPECT_EQ(PlannedCost(StageKind::kFeatures, experiment).flops(),
            FeaturesCost(experiment).flops);
  EXPECT_EQ(PlannedCost(StageKind::kFeatures, experiment).images(),
            FeaturesCost(experiment).images);
  EXPECT_EQ(PlannedCost(StageKind::kTrain, experiment).flops(),
            TrainCost(experiment).flops);
  EXPECT_EQ(PlannedCost(StageKind::kPredict, experiment).disk_bytes(),
            PredictCost(experiment).disk_bytes);
  EXPECT_EQ(PlannedCost(StageKind::kData, experiment).flops(), 0);
  EXPECT_EQ(PlannedCost(StageKind::kScore, experiment).disk_bytes(),
            ScoreCost(experiment).disk_bytes);
}

TEST(PlannedCostTest, WhatIsNotCountedIsSaid) {
  spec::ExperimentSpec experiment = Layered({kPixelProbe});
  EXPECT_FALSE(PlannedCost(StageKind::kTrain, experiment).has_not_counted());
  experiment.mutable_train()->clear_linear_probe();
  experiment.mutable_train()
      ->mutable_report_decoder()
      ->mutable_files()
      ->set_folder("llm");
  EXPECT_TRUE(PlannedCost(StageKind::kTrain, experiment).has_not_counted());
}

}  // namespace
}  // namespace cxr
