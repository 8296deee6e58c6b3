// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_RUN_PROCESSES_H_
#define TOOLS_RUN_PROCESSES_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "cxr/harness/store.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/tasks/common/artifacts.h"
#include "tools/exit_code.h"
#include "tools/planning.h"

// A run whose pretraining several processes execute together.

namespace cxr {

struct RunProcesses {
  int count = 1;
  int rank = 0;
  // Not empty if torchrun, mpirun or srun has started them all, each with the
  // same command; else the stage starts the others.
  std::string launcher = {};
  // Of a launcher's, on this machine.
  int local_count = 1;
};

// What is to be executed, planned when it is asked for.
using PlansFunction =
    absl::FunctionRef<absl::StatusOr<std::vector<PlannedTarget>>()>;

// Those of the pretrainings that are to be executed, if there are any, by the
// deployment or by a launcher. InvalidArgument if they cannot share the groups
// of a batch, if both say how many, or if a launcher's processes are to execute
// several pretrainings, or if the deployment names fewer devices.
absl::StatusOr<RunProcesses> FindRunProcesses(
    const spec::DeploymentSpec& deployment, PlansFunction plans);

// Executes the part of a rank other than 0 of a launcher's processes in the
// only pretraining of `plans`. Rank 0 does all else that there is to run.
ExitCode RunOtherRank(const RunProcesses& processes, PlansFunction plans,
                      const Store& store, const TaskOptions& options);

}  // namespace cxr

#endif  // TOOLS_RUN_PROCESSES_H_
