// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_PREDICT_STAGE_H_
#define CXR_TASKS_CLASSIFY_PREDICT_STAGE_H_

#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// predictions.csv: what the head of each round says of its test images, in the
// order of the index, beside the truth. An image that cannot be used is not
// there; it stands in unusable.csv, of this stage or of the features stage, and
// in the notes.
//
// FailedPrecondition naming the image if the label policy leaves a label of a
// test image out: a score is over images with all labels.
absl::StatusOr<StageOutput> RunPredictStage(const StageRequest& request,
                                            const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_PREDICT_STAGE_H_
