// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_DATA_STAGE_H_
#define CXR_TASKS_DATA_STAGE_H_

#include "absl/status/statusor.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// The images that the experiment asks for: index.csv. Fails with the reader's
// error if the data cannot be read, with FailedPrecondition if no image is
// left.
absl::StatusOr<StageOutput> RunDataStage(const StageRequest& request,
                                         const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_DATA_STAGE_H_
