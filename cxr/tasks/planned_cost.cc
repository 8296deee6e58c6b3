// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/planned_cost.h"

#include "cxr/base/check.h"
#include "cxr/cost/stage_cost.h"

namespace cxr {
namespace {

CostEstimate EstimateOf(StageKind kind,
                        const spec::ExperimentSpec& experiment) {
  switch (kind) {
    case StageKind::kPretrain:
      return PretrainCost(experiment);
    case StageKind::kData:
      return DataCost(experiment);
    case StageKind::kFeatures:
      return FeaturesCost(experiment);
    case StageKind::kTrain:
      return TrainCost(experiment);
    case StageKind::kPredict:
      return PredictCost(experiment);
    case StageKind::kScore:
      return ScoreCost(experiment);
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(kind);
  return {};
}

}  // namespace

spec::StageCost PlannedCost(StageKind kind,
                            const spec::ExperimentSpec& experiment) {
  const CostEstimate estimate = EstimateOf(kind, experiment);
  spec::StageCost cost;
  cost.set_flops(estimate.flops);
  cost.set_images(estimate.images);
  cost.set_disk_bytes(estimate.disk_bytes);
  if (!estimate.not_counted.empty()) {
    cost.set_not_counted(estimate.not_counted);
  }
  return cost;
}

}  // namespace cxr
