// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_FEATURES_FEATURES_STAGE_H_
#define CXR_TASKS_FEATURES_FEATURES_STAGE_H_

#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// One row of numbers an image of the data stage's index: features.npy. Fails
// with the reader's error if an image cannot be read, with OutOfRange if a
// feature is not finite.
absl::StatusOr<StageOutput> RunFeaturesStage(const StageRequest& request,
                                             const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_FEATURES_FEATURES_STAGE_H_
