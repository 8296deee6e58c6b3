// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_PROBE_ROUNDS_H_
#define CXR_TASKS_CLASSIFY_PROBE_ROUNDS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/base/npy.h"
#include "cxr/data/source/dataset.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/classify/round_keeper.h"
#include "cxr/tasks/common/artifacts.h"

// Heads on a frozen backbone, one a round.

namespace cxr {

// On features of all images, (n, F), computed once; a thread a round.
absl::StatusOr<std::vector<RoundResult>> TrainOnFeatures(
    const StageRequest& request, const TaskOptions& options,
    const LabelledImages& images, const FloatMatrix& features);

// On images that look different every time, through the backbone: round after
// round, with a checkpoint an epoch.
absl::StatusOr<std::vector<RoundResult>> TrainOnViews(
    const StageRequest& request, const TaskOptions& options,
    const Dataset& dataset, const LabelledImages& images);

// "epoch 7 of 100 by BEST_MACRO_AUROC 0.8123 on the validation images".
std::string ChoiceText(const spec::TrainSpec& train, int64_t epoch,
                       int64_t member, double value);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_PROBE_ROUNDS_H_
