// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_FREEZE_H_
#define CXR_HARNESS_FREEZE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/throughput.h"
#include "cxr/spec/plan.pb.h"

// A plan as a message that is shown, kept and compared.

namespace cxr {

struct FreezeOptions {
  std::string target = {};
  std::string rung = {};
  std::string protocol = {};
  // The command that executes it.
  std::string command = {};
  // What a stage costs, by its experiment; times are filled in here.
  absl::FunctionRef<spec::StageCost(StageKind, const ResolvedExperiment&)> cost;
  // By name of the deployment, the chosen one first.
  const std::vector<std::pair<std::string, Throughputs>>& throughputs;
  // Whether the identity of each stage is written out. It makes a plan large.
  bool with_identity = false;
};

spec::PlanRecord Freeze(const Plan& plan,
                        const std::vector<Decision>& decisions,
                        const FreezeOptions& options);

// Digest of what the plan would make: SHA-256 over the ids of its stages, in
// their order.
std::string PlanDigest(const Plan& plan);

// The device time of what the plan runs or resumes, under the deployment that
// was chosen.
struct PlannedTime {
  double low_hours = 0;
  double high_hours = 0;
  int unknown = 0;  // Stages of which no time is known.
};
PlannedTime TimeToRun(const spec::PlanRecord& plan);

}  // namespace cxr

#endif  // CXR_HARNESS_FREEZE_H_
