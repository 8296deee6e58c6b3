// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/planning.h"

#include <cstdlib>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/freeze.h"
#include "cxr/harness/plan_text.h"
#include "cxr/harness/throughput.h"
#include "cxr/harness/why.h"
#include "cxr/harness/why_text.h"
#include "cxr/spec/origins.h"
#include "cxr/spec/spec_file.h"
#include "cxr/tasks/code_digest.h"
#include "cxr/tasks/needs.h"
#include "cxr/tasks/planned_cost.h"
#include "cxr/tasks/stages.h"
#include "tools/command_line.h"
#include "tools/help_verb.h"
#include "tools/message_output.h"
#include "tools/places.h"
#include "tools/specs.h"

namespace cxr {
namespace {

// The chosen deployment first, then the others, for comparison.
std::vector<std::pair<std::string, Throughputs>> AllThroughputs(
    const SpecLibrary& library, const Machine& machine, const StoreIndex& index,
    const std::string& rung) {
  const std::string chosen = absl::GetFlag(FLAGS_deployment);
  std::vector<std::pair<std::string, Throughputs>> all;
  all.emplace_back(chosen, Throughputs(index, machine.deployment, rung));
  for (const std::string& name :
       library.catalog().Names(SpecKind::kDeployment)) {
    const auto deployment = library.Deployment(name);
    if (name != chosen && deployment.ok()) {
      all.emplace_back(name, Throughputs(index, *deployment, rung));
    }
  }
  return all;
}

// How a person runs the target.
std::string CommandFor(const Target& target) {
  return absl::StrCat(std::getenv("BUILD_WORKSPACE_DIRECTORY") == nullptr
                          ? "cxr run "
                          : "tools/bazel run //tools:cxr -- run ",
                      target.name, FlagsGiven(FlagsOf("run")));
}

struct Situation {
  SpecLibrary library;
  std::vector<Target> targets;
  Machine machine;
  Store store;
  std::vector<PlannedTarget> plans;  // One a target.
};

// Everything that `plan` and `why` need.
absl::StatusOr<Situation> LookAt(absl::string_view program,
                                 const std::string& name) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  CXR_ASSIGN_OR_RETURN(SpecLibrary library, LoadLibrary(program));
  CXR_ASSIGN_OR_RETURN(std::vector<Target> targets, FindTargets(library, name));
  if (targets.size() > 1 && absl::GetFlag(FLAGS_format) == "json") {
    return absl::InvalidArgumentError(
        "--protocol=both has two plans, expected one protocol for "
        "--format=json");
  }
  CXR_ASSIGN_OR_RETURN(Machine machine, MakeMachine(library, program));
  CXR_ASSIGN_OR_RETURN(const std::string path, StorePath());
  const Store store = Store::OpenToRead(path);
  std::vector<PlannedTarget> plans;
  for (Target& target : targets) {
    CXR_ASSIGN_OR_RETURN(target, OnlyCell(library, std::move(target)));
    CXR_ASSIGN_OR_RETURN(PlannedTarget planned,
                         PlanAgainst(library, target, machine, store));
    plans.push_back(std::move(planned));
  }
  return Situation{.library = std::move(library),
                   .targets = std::move(targets),
                   .machine = std::move(machine),
                   .store = store,
                   .plans = std::move(plans)};
}

absl::Status OneTarget(absl::string_view verb,
                       const std::vector<std::string>& words) {
  return words.size() == 1
             ? absl::OkStatus()
             : absl::InvalidArgumentError(absl::StrCat(
                   verb,
                   " needs one experiment, study or table; see: cxr help ",
                   verb));
}

}  // namespace

Plan PlanTarget(const SpecLibrary& library, const Target& target,
                const Machine& machine) {
  return BuildPlan(target.experiments,
                   {.inputs =
                        [&](StageKind kind, const spec::ExperimentSpec& stage) {
                          return StageInputs(kind, stage, machine.tasks);
                        },
                    .version = StageVersion,
                    .upstream =
                        [&](absl::string_view name) {
                          return library.Resolve(name, target.setting);
                        }});
}

absl::StatusOr<PlannedTarget> PlanAgainst(const SpecLibrary& library,
                                          const Target& target,
                                          const Machine& machine,
                                          const Store& store) {
  CXR_ASSIGN_OR_RETURN(StoreIndex index, StoreIndex::Read(store.path()));
  PlannedTarget planned{.index = std::move(index),
                        .plan = PlanTarget(library, target, machine)};
  const auto code = [](StageKind kind) {
    return StageCodeDigest(StageName(kind));
  };
  planned.decisions =
      Decide(planned.plan, {.store = store,
                            .index = planned.index,
                            .code_digest = code,
                            .strict_code = absl::GetFlag(FLAGS_strict_code)});
  const auto cost = [](StageKind kind, const ResolvedExperiment& experiment) {
    return PlannedCost(kind, experiment.spec);
  };
  planned.frozen =
      Freeze(planned.plan, planned.decisions,
             {.target = target.name,
              .rung = target.setting.rung,
              .protocol = target.setting.protocol,
              .command = CommandFor(target),
              .cost = cost,
              .throughputs = AllThroughputs(library, machine, planned.index,
                                            target.setting.rung),
              .with_identity = absl::GetFlag(FLAGS_format) == "json"});
  for (spec::PlannedInput& need :
       NeedsOf(planned.plan.experiments, machine.tasks)) {
    *planned.frozen.add_needs() = std::move(need);
  }
  return planned;
}

std::map<std::string, std::string> OriginsIn(
    const SpecLibrary& library, const ResolvedExperiment& experiment) {
  const absl::StatusOr<PlacedExperiment> placed = library.ResolvePlaced(
      experiment.name,
      {.rung = experiment.rung, .protocol = experiment.protocol});
  return placed.ok() ? OriginsOf(*placed, library.catalog())
                     : std::map<std::string, std::string>();
}

absl::Status CheckBudget(const std::vector<PlannedTarget>& plans) {
  const double budget = absl::GetFlag(FLAGS_budget_device_hours);
  if (budget < 0) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--budget_device_hours: found %g, expected 0 or more", budget));
  }
  if (budget == 0) {
    return absl::OkStatus();
  }
  PlannedTime all;
  for (const PlannedTarget& planned : plans) {
    const PlannedTime time = TimeToRun(planned.frozen);
    all.unknown += time.unknown;
    all.high_hours += time.high_hours;
  }
  const spec::PlanRecord& plan = plans[0].frozen;
  if (all.unknown > 0) {
    return absl::ResourceExhaustedError(absl::StrFormat(
        "--budget_device_hours=%g: nothing was started, because the time of %d "
        "stages is not known; see: cxr plan %s --rung=%s",
        budget, all.unknown, plan.target(), plan.rung()));
  }
  if (all.high_hours > budget) {
    return absl::ResourceExhaustedError(absl::StrFormat(
        "--budget_device_hours=%g: nothing was started, because the plan takes "
        "up to %.3g device-hours; see: cxr plan %s --rung=%s",
        budget, all.high_hours, plan.target(), plan.rung()));
  }
  return absl::OkStatus();
}

ExitCode PlanVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  if (const absl::Status one = OneTarget("plan", words); !one.ok()) {
    return Fail(one);
  }
  const absl::StatusOr<Situation> situation = LookAt(program, words[0]);
  if (!situation.ok()) {
    return Fail(situation.status());
  }
  for (const PlannedTarget& planned : situation->plans) {
    const absl::Status printed =
        Print(planned.frozen,
              absl::StrCat(&planned == &situation->plans.front() ? "" : "\n",
                           ToText(planned.frozen)));
    if (!printed.ok()) {
      return Fail(printed);
    }
  }
  return CodeOf(CheckBudget(situation->plans));
}

ExitCode WhyVerb(absl::string_view program,
                 const std::vector<std::string>& words) {
  if (const absl::Status one = OneTarget("why", words); !one.ok()) {
    return Fail(one);
  }
  const absl::StatusOr<Situation> situation = LookAt(program, words[0]);
  if (!situation.ok()) {
    return Fail(situation.status());
  }
  const auto origins = [&](const ResolvedExperiment& experiment) {
    return OriginsIn(situation->library, experiment);
  };
  for (size_t i = 0; i < situation->plans.size(); ++i) {
    const PlannedTarget& planned = situation->plans[i];
    const Target& target = situation->targets[i];
    const spec::WhyRecord why = Explain(planned.plan, planned.decisions,
                                        {.target = target.name,
                                         .rung = target.setting.rung,
                                         .protocol = target.setting.protocol,
                                         .store = situation->store,
                                         .index = planned.index,
                                         .origins = origins});
    const absl::Status printed = Print(
        why,
        absl::StrCat(i == 0 ? "" : "\n", ToText(why, absl::LocalTimeZone())));
    if (!printed.ok()) {
      return Fail(printed);
    }
  }
  return ExitCode::kDone;
}

}  // namespace cxr
