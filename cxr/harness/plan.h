// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_PLAN_H_
#define CXR_HARNESS_PLAN_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/identity.h"
#include "cxr/harness/stage.h"
#include "cxr/spec/library.h"

// Which stages a set of experiments needs, and the id of each. Stages that are
// equal by identity are one stage, however many experiments share it. What is
// in a store does not matter here (decide.h).

namespace cxr {

struct PlannedStage {
  StageKind kind = StageKind::kData;
  std::string id = {};  // Provisional if it cannot run.
  int version = 0;
  // Digests of what it reads: other stages' ids, files and weights.
  std::vector<spec::StageInput> inputs = {};
  // Places in Plan::stages of the stages it reads, all before its own.
  std::map<StageKind, int> reads = {};
  // Places in Plan::experiments of those whose own stage it is, at least one;
  // the sub-spec of the first is the stage's.
  std::vector<int> experiments = {};
  // OK if it can run here. Unimplemented, as "kind: reason", if it needs what
  // this version or this machine does not have; another error if something is
  // wrong with what it needs. The same of whatever reads it.
  absl::Status available = absl::OkStatus();
};

struct Plan {
  // Those that were asked for, then those whose pretraining they read.
  std::vector<ResolvedExperiment> experiments = {};
  std::vector<PlannedStage> stages = {};  // Every stage after what it reads.
  // Places in `stages` of an experiment's own stages, in running order; of the
  // experiments that were asked for.
  std::map<std::string, std::vector<int>> stages_of = {};

  const ResolvedExperiment& ExperimentOf(const PlannedStage& stage) const {
    return experiments[static_cast<size_t>(stage.experiments.front())];
  }
  // The names of the experiments whose own stage it is.
  std::vector<std::string> NamesOf(const PlannedStage& stage) const;
  // The identity fields of the stage.
  std::vector<spec::IdentityPart> PartsOf(const PlannedStage& stage) const;
  const PlannedStage& At(int place) const {
    return stages[static_cast<size_t>(place)];
  }
};

// Why an experiment cannot run here: that of its first stage that cannot; OK if
// it can.
absl::Status AvailabilityOf(const Plan& plan, absl::string_view experiment);

// What a plan asks of the rest of the program.
struct PlanQueries {
  // What a stage reads from outside the store, as name and digest, by its
  // sub-spec. Unimplemented, as "kind: reason", means that it cannot be had
  // here, or that this version has no code for it; other errors that something
  // is wrong with it.
  absl::FunctionRef<absl::StatusOr<std::vector<spec::StageInput>>(
      StageKind, const spec::ExperimentSpec&)>
      inputs;
  // The version of a stage's code.
  absl::FunctionRef<int(StageKind)> version;
  // An experiment that another one names for its pretraining.
  absl::FunctionRef<absl::StatusOr<ResolvedExperiment>(absl::string_view)>
      upstream;
};

Plan BuildPlan(std::vector<ResolvedExperiment> experiments,
               const PlanQueries& queries);

}  // namespace cxr

#endif  // CXR_HARNESS_PLAN_H_
