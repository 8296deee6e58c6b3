// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_TRAIN_STAGE_H_
#define CXR_TASKS_CLASSIFY_TRAIN_STAGE_H_

#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// A head a round (labelled_images.h): HeadFile, for a fine-tuning BackboneFile
// too; labels.csv and epochs.csv. On features that the features stage gives, if
// it can; else through the backbone itself, with a checkpoint an epoch.
//
// Errors of what it reads; OutOfRange if a head diverges.
absl::StatusOr<StageOutput> RunTrainStage(const StageRequest& request,
                                          const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_TRAIN_STAGE_H_
