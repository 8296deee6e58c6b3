// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_STAGE_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_STAGE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

// Beside kTeacherFile (artifacts.h), the teacher at the end with its heads: the
// losses of every step, what its class tokens tell of the labels of the images
// on the way (teacher_probe.h), and how fast each step was. All but the last
// are a function of the spec, the images, the kind of device and the number of
// threads: a run that was stopped and went on gives the same bytes on the CPU.
inline constexpr absl::string_view kLogFile = "log.csv";
inline constexpr absl::string_view kEvaluationFile = "evaluation.csv";
inline constexpr absl::string_view kSpeedFile = "speed.csv";

// Pretrains, in as many processes as request says: losses are those of one
// process, but for rounding. Goes on from request's checkpoint if there is one,
// whatever number of processes left it. OutOfRange if the run diverges or
// collapses; Unavailable if a process is missing.
absl::StatusOr<StageOutput> RunPretrainStage(const StageRequest& request,
                                             const TaskOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_STAGE_H_
