// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_PLANNING_H_
#define TOOLS_PLANNING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/harness/store_index.h"
#include "cxr/spec/library.h"
#include "cxr/spec/plan.pb.h"
#include "tools/exit_code.h"
#include "tools/setup.h"
#include "tools/target.h"

// From a target to what a store makes of its plan; and the verbs that only tell
// it.

namespace cxr {

// The plan of a target's experiments on this machine.
Plan PlanTarget(const SpecLibrary& library, const Target& target,
                const Machine& machine);

// A plan with what becomes of it.
struct PlannedTarget {
  StoreIndex index;  // Of the store, as it was then.
  Plan plan = {};
  std::vector<Decision> decisions = {};
  spec::PlanRecord frozen = {};
};

// The plan of `target` against `store`, which is only looked at, by the flags
// of the command line. The codes of base/file if it cannot be read.
absl::StatusOr<PlannedTarget> PlanAgainst(const SpecLibrary& library,
                                          const Target& target,
                                          const Machine& machine,
                                          const Store& store);

// Where the values of an experiment were written, by field path.
std::map<std::string, std::string> OriginsIn(
    const SpecLibrary& library, const ResolvedExperiment& experiment);

// OK if --budget_device_hours allows the plans to run one after the other, as
// if they shared no stage; else ResourceExhausted.
absl::Status CheckBudget(const std::vector<PlannedTarget>& plans);

// The verbs `plan` and `why`.
ExitCode PlanVerb(absl::string_view program,
                  const std::vector<std::string>& words);
ExitCode WhyVerb(absl::string_view program,
                 const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_PLANNING_H_
