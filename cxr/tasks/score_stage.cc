// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/score_stage.h"

#include <string>
#include <vector>

#include "cxr/base/status_macros.h"
#include "cxr/score/classification.h"
#include "cxr/score/predictions.h"
#include "cxr/score/subgroups.h"
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
  if (request.spec.score().has_subgroups()) {
    CXR_ASSIGN_OR_RETURN(const SelectedIndex selected, ReadIndex(request));
    CXR_ASSIGN_OR_RETURN(
        const std::vector<Subgroup> groups,
        FindSubgroups(predictions, selected.index, request.spec.score()));
    CXR_ASSIGN_OR_RETURN(
        const std::vector<spec::MetricValue> values,
        ScoreSubgroups(predictions, groups, request.spec.score()));
    output.metrics.insert(output.metrics.end(), values.begin(), values.end());
  }
  return output;
}

}  // namespace cxr
