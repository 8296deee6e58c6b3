// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/run_part.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_format.h"
#include "cxr/base/build_id.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/journal.h"
#include "cxr/harness/progress.h"
#include "cxr/harness/throughput.h"
#include "cxr/tasks/code_digest.h"
#include "cxr/tasks/environment.h"
#include "cxr/tasks/stages.h"
#include "tools/command_line.h"
#include "tools/planning.h"

namespace cxr {
namespace {

constexpr int kDefaultRetries = 1;

// What every record says of this process.
spec::Provenance ProvenanceOf(const Machine& machine) {
  spec::Provenance provenance;
  provenance.set_threads(machine.tasks.threads);
  provenance.set_feature_batch_images(machine.tasks.feature_batch_images);
  provenance.set_device(DeviceKindOf(machine.deployment));
  provenance.set_libraries(ComputeLibraries());
  provenance.set_build_id(BuildId());
  return provenance;
}

// The journal of an earlier run of the same plan that ended too soon, or a new
// one.
absl::StatusOr<Journal> OpenJournal(const Store& store,
                                    const spec::PlanRecord& frozen) {
  const std::optional<int> unfinished = FindUnfinished(store, frozen);
  if (!unfinished.has_value()) {
    return Journal::Create(store, frozen);
  }
  absl::FPrintF(stderr, "cxr: going on with run %d\n", *unfinished);
  return Journal::Reopen(store, *unfinished);
}

// A launcher starts all of its processes again, or none.
int RetriesOf(const spec::DeploymentSpec& deployment,
              const RunProcesses& processes) {
  if (!processes.launcher.empty()) return 0;
  return deployment.has_retries() ? deployment.retries() : kDefaultRetries;
}

// A launcher has given its processes their devices.
std::vector<std::string> DevicesOf(const spec::DeploymentSpec& deployment,
                                   const RunProcesses& processes) {
  if (!processes.launcher.empty()) return {};
  return {deployment.devices().begin(), deployment.devices().end()};
}

absl::StatusOr<DriverResult> Execute(const SpecLibrary& library,
                                     const PlannedTarget& planned,
                                     const Store& store, const Machine& machine,
                                     const RunProcesses& processes) {
  CXR_ASSIGN_OR_RETURN(const Journal journal,
                       OpenJournal(store, planned.frozen));
  Progress progress(stderr, Progress::StyleOf(stderr));
  const auto run = [&](const StageRequest& request) {
    return RunStage(request, machine.tasks);
  };
  const auto code = [](StageKind kind) {
    return StageCodeDigest(StageName(kind));
  };
  const auto origins = [&](const ResolvedExperiment& experiment) {
    return OriginsIn(library, experiment);
  };
  const spec::DeploymentSpec& deployment = machine.deployment;
  return RunPlan(planned.plan,
                 {.store = store,
                  .run = run,
                  .progress = progress,
                  .frozen = planned.frozen,
                  .journal = journal,
                  .code_digest = code,
                  .origins = origins,
                  .provenance = ProvenanceOf(machine),
                  .max_parallel = absl::GetFlag(FLAGS_max_parallel),
                  .retries = RetriesOf(deployment, processes),
                  .pretrain_processes = processes.count,
                  .launched = !processes.launcher.empty(),
                  .devices = DevicesOf(deployment, processes),
                  .strict_code = absl::GetFlag(FLAGS_strict_code),
                  .accept_equivalent = absl::GetFlag(FLAGS_accept_equivalent)});
}

// Whether anything of the plan is to be executed.
bool HasWork(const PlannedTarget& planned) {
  return std::any_of(
      planned.decisions.begin(), planned.decisions.end(),
      [](const Decision& decision) { return IsExecuted(decision.decision); });
}

}  // namespace

absl::StatusOr<DriverResult> RunPart(const SpecLibrary& library,
                                     const Target& part, const Store& store,
                                     const Machine& machine,
                                     const RunProcesses& processes) {
  CXR_ASSIGN_OR_RETURN(const PlannedTarget planned,
                       PlanAgainst(library, part, machine, store));
  const bool has_work = HasWork(planned);
  DriverResult done;
  if (!has_work) {
    done = CollectRecords(planned.plan, store);
  }
  // Damaged records show when they are read; the driver makes them again.
  if (has_work || !done.failed.empty()) {
    CXR_ASSIGN_OR_RETURN(done,
                         Execute(library, planned, store, machine, processes));
  }
  if (done.stopped) {
    absl::FPrintF(stderr,
                  "cxr: stopped; what is finished is kept. Go on with: %s\n",
                  planned.frozen.command());
  }
  return done;
}

}  // namespace cxr
