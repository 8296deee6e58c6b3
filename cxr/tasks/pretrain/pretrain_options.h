// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_OPTIONS_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_OPTIONS_H_

#include "c10/core/Device.h"
#include "cxr/model/distillation/block_masks.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/train/pretrain/drop_path.h"
#include "cxr/train/pretrain/pretrain_batch.h"
#include "cxr/train/pretrain/pretrainer.h"

// From words to numbers: what a complete spec of a pretraining asks for.

namespace cxr {

// Networks, losses, optimiser and schedule of `experiment` on `device`.
PretrainerOptions PretrainerOptionsOf(const spec::ExperimentSpec& experiment,
                                      c10::Device device);

// How views become a batch.
BatchFormat BatchFormatOf(const spec::PretrainSpec& pretrain,
                          c10::Device device);

// Which crops skip branches of the student.
DropPathOptions DropPathOptionsOf(const spec::ExperimentSpec& experiment);

// iBOT's masks on a grid of patches of `patch_size_pixels`.
BlockMaskOptions MaskOptionsOf(const spec::PretrainSpec& pretrain,
                               int patch_size_pixels);

// Steps until the result: all, or stop_after_steps.
int64_t StepsOf(const spec::PretrainScheduleSpec& schedule);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_OPTIONS_H_
