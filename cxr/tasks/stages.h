// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_STAGES_H_
#define CXR_TASKS_STAGES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/harness/stage.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

// What the stages do: the switch between the harness, which knows only when
// they run, and the code that computes.

namespace cxr {

// The version of a stage's code: raised by whoever changes its numbers on
// purpose.
int StageVersion(StageKind kind);

// What a stage reads from outside the store, as name and digest, by its
// sub-spec (StageSpec). Unimplemented says, as "kind: reason", what this
// version cannot have or do: data, weights, a setting. Other errors name a file
// that should be there.
absl::StatusOr<std::vector<spec::StageInput>> StageInputs(
    StageKind kind, const spec::ExperimentSpec& stage,
    const TaskOptions& options);

// Runs one stage.
absl::StatusOr<StageOutput> RunStage(const StageRequest& request,
                                     const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_STAGES_H_
