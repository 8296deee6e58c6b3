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
    const SpecLibrary& library, const Machine& machine,
    const StoreIndex& index) {
  const std::string chosen = absl::GetFlag(FLAGS_deployment);
  const std::string rung = absl::GetFlag(FLAGS_rung);
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
  Target target;
  Machine machine;
  Store store;
  PlannedTarget planned;
};

// Everything that `plan` and `why` need.
absl::StatusOr<Situation> LookAt(absl::string_view program,
                                 const std::string& name) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  CXR_ASSIGN_OR_RETURN(SpecLibrary library, LoadLibrary(program));
  CXR_ASSIGN_OR_RETURN(Target whole, FindTarget(library, name));
  CXR_ASSIGN_OR_RETURN(Target target, OnlyCell(library, std::move(whole)));
  CXR_ASSIGN_OR_RETURN(Machine machine, MakeMachine(library, program));
  CXR_ASSIGN_OR_RETURN(const std::string path, StorePath());
  const Store store = Store::OpenToRead(path);
  CXR_ASSIGN_OR_RETURN(PlannedTarget planned,
                       PlanAgainst(library, target, machine, store));
  return Situation{.library = std::move(library),
                   .target = std::move(target),
                   .machine = std::move(machine),
                   .store = store,
                   .planned = std::move(planned)};
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
  const Setting setting = SettingFlags();
  return BuildPlan(target.experiments,
                   {.inputs =
                        [&](StageKind kind, const spec::ExperimentSpec& stage) {
                          return StageInputs(kind, stage, machine.tasks);
                        },
                    .version = StageVersion,
                    .upstream =
                        [&](absl::string_view name) {
                          return library.Resolve(name, setting);
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
              .rung = absl::GetFlag(FLAGS_rung),
              .protocol = absl::GetFlag(FLAGS_protocol),
              .command = CommandFor(target),
              .cost = cost,
              .throughputs = AllThroughputs(library, machine, planned.index),
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

absl::Status CheckBudget(const spec::PlanRecord& plan) {
  const double budget = absl::GetFlag(FLAGS_budget_device_hours);
  if (budget < 0) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--budget_device_hours: found %g, expected 0 or more", budget));
  }
  if (budget == 0) {
    return absl::OkStatus();
  }
  const PlannedTime time = TimeToRun(plan);
  if (time.unknown > 0) {
    return absl::ResourceExhaustedError(absl::StrFormat(
        "--budget_device_hours=%g: nothing was started, because the time of %d "
        "stages is not known; see: cxr plan %s --rung=%s",
        budget, time.unknown, plan.target(), plan.rung()));
  }
  if (time.high_hours > budget) {
    return absl::ResourceExhaustedError(absl::StrFormat(
        "--budget_device_hours=%g: nothing was started, because the plan takes "
        "up to %.3g device-hours; see: cxr plan %s --rung=%s",
        budget, time.high_hours, plan.target(), plan.rung()));
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
  const absl::Status printed =
      Print(situation->planned.frozen, ToText(situation->planned.frozen));
  if (!printed.ok()) {
    return Fail(printed);
  }
  return CodeOf(CheckBudget(situation->planned.frozen));
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
  const spec::WhyRecord why =
      Explain(situation->planned.plan, situation->planned.decisions,
              {.target = situation->target.name,
               .rung = absl::GetFlag(FLAGS_rung),
               .protocol = absl::GetFlag(FLAGS_protocol),
               .store = situation->store,
               .index = situation->planned.index,
               .origins = origins});
  return CodeOf(Print(why, ToText(why, absl::LocalTimeZone())));
}

}  // namespace cxr
