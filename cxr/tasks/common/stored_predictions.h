// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_STORED_PREDICTIONS_H_
#define CXR_TASKS_COMMON_STORED_PREDICTIONS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/harness/stage.h"
#include "cxr/harness/store.h"
#include "cxr/score/predictions.h"
#include "cxr/spec/run_record.pb.h"

// What a run of an experiment left in the store.

namespace cxr {

// Of the records of a run that of `stage`; null if it has no such stage.
const spec::RunRecord* FindRecord(const std::vector<spec::RunRecord>& records,
                                  StageKind stage);

// What the predict stage among the records of a run predicted. InvalidArgument
// if the run has none, which is no classification then; other errors as
// Store::ReadArtifact and PredictionsFromCsv.
absl::StatusOr<Predictions> StoredPredictions(
    const Store& store, const std::vector<spec::RunRecord>& records);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_STORED_PREDICTIONS_H_
