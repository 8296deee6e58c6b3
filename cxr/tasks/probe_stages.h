// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PROBE_STAGES_H_
#define CXR_TASKS_PROBE_STAGES_H_

#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

// Heads on frozen features: trained, then asked about images they never saw.

namespace cxr {

// One head a fold, trained on the images of all other folds: HeadFile(fold).
// InvalidArgument if the data have no such target; FailedPrecondition if they
// have no folds, a fold without images or an image without a fold; OutOfRange
// if training diverges.
absl::StatusOr<StageOutput> RunTrainStage(const StageRequest& request,
                                          const TaskOptions& options);

// The logits of every image by the head of its own fold: predictions.csv.
// FailedPrecondition if an image lacks the label of a target.
absl::StatusOr<StageOutput> RunPredictStage(const StageRequest& request,
                                            const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_PROBE_STAGES_H_
