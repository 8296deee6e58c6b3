// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/score_stage.h"

#include <string>

#include "cxr/base/status_macros.h"
#include "cxr/score/classification.h"
#include "cxr/score/predictions.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

absl::StatusOr<StageOutput> RunScoreStage(const StageRequest& request) {
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       request.read(StageKind::kPredict, kPredictionsFile));
  CXR_ASSIGN_OR_RETURN(const Predictions predictions,
                       PredictionsFromCsv(text, kPredictionsFile));
  StageOutput output;
  CXR_ASSIGN_OR_RETURN(output.metrics,
                       ScoreClassification(predictions, request.spec.score()));
  return output;
}

}  // namespace cxr
