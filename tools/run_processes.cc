// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/run_processes.h"

#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "cxr/dist/rendezvous.h"
#include "cxr/dist/share.h"
#include "cxr/harness/signals.h"
#include "cxr/harness/worker.h"
#include "cxr/spec/pretrain.pb.h"
#include "cxr/tasks/code_digest.h"
#include "cxr/tasks/stages.h"
#include "tools/command_line.h"

namespace cxr {
namespace {

// A pretraining that is to be executed.
struct Pretraining {
  const Plan* plan = nullptr;
  int place = 0;
};

// By the stage's id: several targets may need one.
std::map<std::string, Pretraining> PretrainingsOf(
    const std::vector<PlannedTarget>& plans) {
  std::map<std::string, Pretraining> found;
  for (const PlannedTarget& planned : plans) {
    for (size_t i = 0; i < planned.plan.stages.size(); ++i) {
      const PlannedStage& stage = planned.plan.stages[i];
      if (stage.kind == StageKind::kPretrain &&
          IsExecuted(planned.decisions[i].decision)) {
        found[stage.id] = {.plan = &planned.plan, .place = static_cast<int>(i)};
      }
    }
  }
  return found;
}

absl::Status CheckGroups(const Pretraining& pretraining, int processes) {
  const Plan& plan = *pretraining.plan;
  const ResolvedExperiment& experiment =
      plan.ExperimentOf(plan.At(pretraining.place));
  const spec::PretrainBatchSpec& batch = experiment.spec.pretrain().batch();
  return Annotate(
      CheckShare(batch.global_images() / batch.group_images(), processes),
      experiment.name);
}

// By the launcher, if there is one, else by the deployment.
absl::StatusOr<RunProcesses> CountProcesses(
    const spec::DeploymentSpec& deployment) {
  CXR_ASSIGN_OR_RETURN(const Rendezvous found, FindRendezvous());
  const int declared = deployment.has_processes() ? deployment.processes() : 1;
  if (found.world == 1) return RunProcesses{.count = declared};
  if (declared > 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--deployment=", absl::GetFlag(FLAGS_deployment), ": asks for ",
        declared, " processes, but ", found.launcher, " has started ",
        found.world, "; expected one of the two to say how many"));
  }
  return RunProcesses{.count = found.world,
                      .rank = found.rank,
                      .launcher = found.launcher,
                      .local_count = found.local_world};
}

// The records of what a stage reads.
absl::StatusOr<std::map<StageKind, spec::RunRecord>> ReadInputs(
    const Plan& plan, int place, const Store& store) {
  std::map<StageKind, spec::RunRecord> inputs;
  for (const auto& [kind, read] : plan.At(place).reads) {
    const PlannedStage& stage = plan.At(read);
    CXR_ASSIGN_OR_RETURN(inputs[kind],
                         store.Find(StageName(stage.kind), stage.id));
  }
  return inputs;
}

absl::Status ExecuteRank(const RunProcesses& processes,
                         const Pretraining& pretraining, const Store& store,
                         const TaskOptions& options) {
  const auto& [plan_pointer, place] = pretraining;
  const Plan& plan = *plan_pointer;
  CXR_ASSIGN_OR_RETURN(const auto records, ReadInputs(plan, place, store));
  std::map<StageKind, const spec::RunRecord*> inputs;
  for (const auto& [kind, record] : records) inputs[kind] = &record;
  spec::Provenance provenance;
  provenance.set_code_digest(StageCodeDigest(StageName(plan.At(place).kind)));
  PrepareWorkerSignals();
  return RunWorkerRank({.store = store,
                        .plan = plan,
                        .stage = place,
                        .inputs = inputs,
                        .provenance = provenance,
                        .run =
                            [&](const StageRequest& request) {
                              return RunStage(request, options);
                            },
                        .processes = processes.count,
                        .launched = true,
                        .strict_code = absl::GetFlag(FLAGS_strict_code)},
                       processes.rank);
}

}  // namespace

absl::StatusOr<RunProcesses> FindRunProcesses(
    const spec::DeploymentSpec& deployment, PlansFunction plans) {
  const absl::StatusOr<RunProcesses> processes = CountProcesses(deployment);
  if (processes.ok() && processes->count == 1) return processes;
  CXR_ASSIGN_OR_RETURN(const std::vector<PlannedTarget> planned, plans());
  const auto pretrainings = PretrainingsOf(planned);
  if (pretrainings.empty()) return RunProcesses();
  CXR_RETURN_IF_ERROR(processes.status());
  for (const auto& [id, pretraining] : pretrainings) {
    CXR_RETURN_IF_ERROR(CheckGroups(pretraining, processes->count));
  }
  if (!processes->launcher.empty() && pretrainings.size() > 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        pretrainings.size(), " pretrainings are to be executed, expected one ",
        "for the ", processes->count, " processes of ", processes->launcher,
        ": run them one by one"));
  }
  const std::set<std::string> devices(deployment.devices().begin(),
                                      deployment.devices().end());
  if (processes->launcher.empty() && !devices.empty() &&
      std::ssize(devices) < processes->count) {
    return absl::InvalidArgumentError(
        absl::StrCat("--deployment=", absl::GetFlag(FLAGS_deployment), ": ",
                     processes->count, " processes, but devices: [",
                     absl::StrJoin(devices, ", "),
                     "]; expected its file to name a device for each process"));
  }
  return processes;
}

ExitCode RunOtherRank(const RunProcesses& processes, PlansFunction plans,
                      const Store& store, const TaskOptions& options) {
  const absl::StatusOr<std::vector<PlannedTarget>> planned = plans();
  if (!planned.ok()) {
    return Fail(planned.status());
  }
  const auto pretrainings = PretrainingsOf(*planned);
  if (pretrainings.empty()) {
    return ExitCode::kDone;  // Somebody has just completed it.
  }
  const absl::Status status =
      ExecuteRank(processes, pretrainings.begin()->second, store, options);
  return status.ok()
             ? ExitCode::kDone
             : Fail(Annotate(status, absl::StrCat("rank ", processes.rank)));
}

}  // namespace cxr
