// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_SUPPORTED_H_
#define CXR_TASKS_SUPPORTED_H_

#include "absl/status/status.h"
#include "cxr/harness/stage.h"
#include "cxr/spec/experiment.pb.h"

namespace cxr {

// Unimplemented, as "kind: reason", if what declares a stage (StageSpec) of a
// complete experiment is more than this version can do. Nothing that is
// declared is passed over in silence: whatever the stages do not read is
// refused here.
absl::Status CheckSupported(StageKind kind, const spec::ExperimentSpec& stage);

}  // namespace cxr

#endif  // CXR_TASKS_SUPPORTED_H_
