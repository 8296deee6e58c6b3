// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/stored_predictions.h"

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "cxr/base/status_macros.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

const spec::RunRecord* FindRecord(const std::vector<spec::RunRecord>& records,
                                  StageKind stage) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&](const spec::RunRecord& record) {
                                    return record.stage() == StageName(stage);
                                  });
  return found == records.end() ? nullptr : &*found;
}

absl::StatusOr<Predictions> StoredPredictions(
    const Store& store, const std::vector<spec::RunRecord>& records) {
  const spec::RunRecord* record = FindRecord(records, StageKind::kPredict);
  if (record == nullptr) {
    return absl::InvalidArgumentError(
        "has no predictions, expected a classification");
  }
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       store.ReadArtifact(*record, kPredictionsFile));
  return PredictionsFromCsv(text, kPredictionsFile);
}

}  // namespace cxr
