// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_BACKBONE_WEIGHTS_H_
#define CXR_TASKS_COMMON_BACKBONE_WEIGHTS_H_

#include <string>

#include "absl/status/status.h"
#include "cxr/harness/stage_function.h"
#include "cxr/model/vit.h"
#include "cxr/spec/backbone.pb.h"
#include "cxr/tasks/common/artifacts.h"

// Where the weights of a backbone come from: drawn, a file that somebody
// published or that comes with the program, or the teacher of an earlier stage.

namespace cxr {

// Fills `vit`, which is on the CPU and float32, with what `weights` names. Of a
// file that comes with the program the registers are left out if `vit` has
// none. Errors name the file, or the tensors that do not fit.
absl::Status FillBackbone(const spec::WeightsSpec& weights,
                          const StageRequest& request,
                          const TaskOptions& options, Vit vit);

// What a reader of a number must know of them, e.g. "weights of pretrain_s".
std::string WeightsText(const spec::WeightsSpec& weights,
                        const spec::VitSpec& backbone);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_BACKBONE_WEIGHTS_H_
