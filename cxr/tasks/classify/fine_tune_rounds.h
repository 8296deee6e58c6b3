// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_FINE_TUNE_ROUNDS_H_
#define CXR_TASKS_CLASSIFY_FINE_TUNE_ROUNDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/dataset.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/classify/round_keeper.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/features/feature_extractor.h"

// A backbone trained together with its head, one a round.

namespace cxr {

// Round after round, each from the experiment's weights, with a checkpoint an
// epoch. A step uses the threads of LibTorch: on a CPU the same number of them
// gives the same bits.
absl::StatusOr<std::vector<RoundResult>> FineTune(const StageRequest& request,
                                                  const TaskOptions& options,
                                                  const Dataset& dataset,
                                                  const LabelledImages& images);

// Puts the weights of a BackboneFile (artifacts.h) into the backbone of
// `extractor`. DataLoss naming `name` if they are of another one.
absl::Status LoadFineTuned(const std::string& bytes, absl::string_view name,
                           const FeatureExtractor& extractor);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_FINE_TUNE_ROUNDS_H_
