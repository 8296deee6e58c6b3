// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_STAGE_H_
#define CXR_HARNESS_STAGE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/experiment.pb.h"

// What the stages of an experiment are: which it has, what declares each, what
// each reads.

namespace cxr {

enum class StageKind { kPretrain, kData, kFeatures, kTrain, kPredict, kScore };

// All kinds in running order.
std::vector<StageKind> AllStageKinds();

// "pretrain", "data", "features", "train", "predict", "score".
absl::string_view StageName(StageKind kind);

// The kind of that name; none if it is no stage's.
std::optional<StageKind> StageKindOf(absl::string_view name);

// A stage of an experiment and what it reads of the same experiment.
struct StageShape {
  StageKind kind = StageKind::kData;
  std::vector<StageKind> reads = {};
  // The experiment whose pretraining it reads, its own included; empty if
  // none.
  std::string pretraining = {};
};

// The stages of `experiment`, called `name`, in running order.
//
// An adaptation has data, train, predict and score. It has a features stage
// where the features of an image are always the same: pixels, or the pooled
// tokens of a backbone that is not trained on images that are not varied.
// Otherwise train and predict run the backbone themselves.
std::vector<StageShape> ShapesOf(const spec::ExperimentSpec& experiment,
                                 absl::string_view name);

// What of `experiment` declares the stage: its own fields and those that it
// shares with others.
spec::ExperimentSpec StageSpec(const spec::ExperimentSpec& experiment,
                               StageKind kind);

}  // namespace cxr

#endif  // CXR_HARNESS_STAGE_H_
