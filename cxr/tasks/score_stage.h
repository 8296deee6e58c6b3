// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_SCORE_STAGE_H_
#define CXR_TASKS_SCORE_STAGE_H_

#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"

namespace cxr {

// The metrics of the predict stage's table, as the score spec asks for them,
// then those of subgroups by the data stage's index. DataLoss if a table is
// damaged.
absl::StatusOr<StageOutput> RunScoreStage(const StageRequest& request);

}  // namespace cxr

#endif  // CXR_TASKS_SCORE_STAGE_H_
