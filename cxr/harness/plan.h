// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_PLAN_H_
#define CXR_HARNESS_PLAN_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/identity.h"
#include "cxr/spec/library.h"

// Which stages a set of experiments needs. Stages that are equal by identity
// are one stage, however many experiments share it.

namespace cxr {

enum class StageKind { kData, kFeatures, kTrain, kPredict, kScore };

// "data", "features", "train", "predict", "score".
absl::string_view StageName(StageKind kind);

// What of `experiment` declares the stage: its own fields and those that it
// shares with others.
spec::ExperimentSpec StageSpec(const spec::ExperimentSpec& experiment,
                               StageKind kind);

struct PlannedStage {
  StageKind kind = StageKind::kData;
  std::string id = {};
  StageIdentity identity = {};
  // Places in Plan::stages of the stages it reads, all before its own.
  std::map<StageKind, int> inputs = {};
  // The first experiment that needs it; its sub-spec is the stage's.
  ResolvedExperiment experiment = {};
};

struct Plan {
  std::vector<PlannedStage> stages = {};  // Every stage after its inputs.
  // Places in `stages` of an experiment's own stages, in running order.
  std::map<std::string, std::vector<int>> stages_of = {};
  // Experiments that need what this version or this machine does not have,
  // with the reason, e.g. "data: ...".
  std::map<std::string, std::string> missing = {};
  // Experiments whose files should be there and cannot be read.
  std::map<std::string, absl::Status> failed = {};
};

// What a plan asks of the rest of the program.
struct PlanQueries {
  // Digest of the files that an experiment reads from outside the store.
  // Unimplemented means that they are not to be had here, for the reason of its
  // text; other errors that something is wrong with them.
  absl::FunctionRef<absl::StatusOr<std::string>(const spec::ExperimentSpec&)>
      fingerprint;
  // The version of a stage's code.
  absl::FunctionRef<int(StageKind)> version;
};

Plan BuildPlan(const std::vector<ResolvedExperiment>& experiments,
               const PlanQueries& queries);

}  // namespace cxr

#endif  // CXR_HARNESS_PLAN_H_
