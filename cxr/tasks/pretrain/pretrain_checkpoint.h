// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_CHECKPOINT_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_CHECKPOINT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/tasks/pretrain/run_position.h"
#include "cxr/train/pretrain/distillation_network.h"
#include "cxr/train/pretrain/pretrainer.h"

// What a pretraining leaves on the disk, as safetensors.

namespace cxr {

// All that `pretrainer` carries from step to step, and where it stands.
std::string ToCheckpoint(Pretrainer& pretrainer, const RunPosition& position);

// Puts it back and returns where it stood. DataLoss if `bytes` are not of a
// pretraining of this layout.
absl::StatusOr<RunPosition> RestoreCheckpoint(absl::string_view bytes,
                                              Pretrainer& pretrainer);

// The network with its heads under the names of its parameters, which are those
// of the released code's teacher checkpoints without their "teacher.".
std::string ToTeacherFile(DistillationNetworkImpl& teacher);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_CHECKPOINT_H_
