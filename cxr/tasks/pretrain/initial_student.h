// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_INITIAL_STUDENT_H_
#define CXR_TASKS_PRETRAIN_INITIAL_STUDENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "c10/core/Device.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/train/pretrain/pretrainer.h"

namespace cxr {

// Student and teacher of request's pretraining as they begin: the backbone
// with its initial weights, heads drawn from heads_seed, the teacher a copy.
absl::StatusOr<std::unique_ptr<Pretrainer>> MakeInitialPretrainer(
    const StageRequest& request, const TaskOptions& options,
    c10::Device device);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_INITIAL_STUDENT_H_
