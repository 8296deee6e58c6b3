// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/run_verb.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "cxr/harness/throughput.h"
#include "reports/published_grid.h"
#include "reports/table_csv.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"
#include "tools/planning.h"
#include "tools/render_target.h"
#include "tools/run_part.h"
#include "tools/run_processes.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

// The defaults of --family and --protocol.
constexpr absl::string_view kDefaultFamily = "chexformer";
constexpr absl::string_view kDefaultProtocol = "as_published";

constexpr absl::string_view kCpu = "cpu";

// What is written of a rendered target, by the ending of its file.
absl::StatusOr<std::map<std::string, std::string>> FilesOf(
    const RenderedTarget& rendered) {
  std::map<std::string, std::string> files = {{".md", rendered.markdown}};
  if (rendered.tables.has_value()) {
    files[".csv"] = reports::TableCsv(*rendered.tables);
    CXR_ASSIGN_OR_RETURN(files[".json"], ToJson(*rendered.tables));
  }
  return files;
}

absl::Status WriteRendered(const RenderedTarget& rendered,
                           const std::string& stem) {
  CXR_ASSIGN_OR_RETURN(const auto files, FilesOf(rendered));
  CXR_RETURN_IF_ERROR(CreateDirectories(stem.substr(0, stem.rfind('/'))));
  for (const auto& [ending, bytes] : files) {
    CXR_RETURN_IF_ERROR(WriteFileAtomically(stem + ending, bytes));
  }
  return absl::OkStatus();
}

// Says what went wrong: each reason once, with the experiments it stops.
ExitCode Conclude(const RenderedTarget& rendered, const DriverResult& result) {
  for (const std::string& check : rendered.failed_checks) {
    absl::FPrintF(stderr, "cxr: sanity check failed: %s\n", check);
  }
  std::map<std::string, std::vector<std::string>> stopped;
  ExitCode code =
      rendered.failed_checks.empty() ? ExitCode::kDone : ExitCode::kCheckFailed;
  for (const auto& [name, status] : result.failed) {
    stopped[std::string(status.message())].push_back(name);
    code = std::max(code, ExitCodeOf(status));
  }
  for (const auto& [reason, names] : stopped) {
    absl::FPrintF(stderr, "cxr: error: %s (stops %s)\n", reason,
                  absl::StrJoin(names, ", "));
  }
  return code;
}

// The table's files without their endings: for each family's name and each
// protocol others. A cell's name has slashes, which would be folders.
std::string TableStem(const Target& target) {
  const std::string family = absl::GetFlag(FLAGS_family);
  const std::string protocol = absl::GetFlag(FLAGS_protocol);
  return JoinPath(
      OutPath(target.setting.rung),
      absl::StrCat(
          absl::StrReplaceAll(target.name, {{"/", "."}}),
          family == kDefaultFamily ? "" : absl::StrCat("_", family),
          protocol == kDefaultProtocol ? "" : absl::StrCat("_", protocol)));
}

// Prints the table, writes it, says what was done.
ExitCode Report(const SpecLibrary& library,
                const std::vector<TargetResults>& shown,
                const DriverResult& done, absl::string_view how_long) {
  const absl::StatusOr<RenderedTarget> rendered = RenderTarget(library, shown);
  if (!rendered.ok()) {
    return Fail(rendered.status());
  }
  const std::string stem = TableStem(shown[0].target);
  absl::PrintF("%s", rendered->markdown);
  absl::Status written = FlushOutput();
  written.Update(written.ok() ? WriteRendered(*rendered, stem) : written);
  if (!written.ok()) {
    return Fail(ExitCode::kStore, written);
  }
  absl::FPrintF(stderr, "cxr: %d stages reused, %d run, %s%s; table: %s.%s\n",
                done.reused, done.run,
                done.accepted > 0
                    ? absl::StrCat(done.accepted, " accepted as equivalent, ")
                    : "",
                how_long, stem,
                rendered->tables.has_value() ? "{md,csv,json}" : "md");
  return Conclude(*rendered, done);
}

// A target with the part of it that is run.
struct Job {
  Target target;
  Target part;
};

// What is shown of a target whose part was run with the result `done`.
TargetResults ShownOf(const SpecLibrary& library, const Job& job,
                      const DriverResult& done, const Store& store,
                      const Machine& machine) {
  const Plan plan = PlanTarget(library, job.target, machine);
  DriverResult shown = done;
  if (job.part.experiments.size() < job.target.experiments.size()) {
    shown = CollectRecords(plan, store);
    for (const auto& [name, status] : done.failed) {
      std::erase(shown.not_run, name);
      shown.failed[name] = status;
    }
  }
  TargetResults results = {.target = job.target,
                           .experiments = plan.experiments,
                           .results = ToResults(std::move(shown))};
  AddSeedMeans(library, job.target, store, machine.tasks.threads,
               results.results);
  return results;
}

absl::StatusOr<std::vector<PlannedTarget>> PlanJobs(
    const SpecLibrary& library, const std::vector<Job>& jobs,
    const Store& store, const Machine& machine) {
  std::vector<PlannedTarget> plans;
  for (const Job& job : jobs) {
    CXR_ASSIGN_OR_RETURN(PlannedTarget planned,
                         PlanAgainst(library, job.part, machine, store));
    plans.push_back(std::move(planned));
  }
  return plans;
}

// Whether --budget_device_hours allows all jobs; nothing is begun before.
absl::Status CheckBudgetOf(const SpecLibrary& library,
                           const std::vector<Job>& jobs, const Store& store,
                           const Machine& machine) {
  if (absl::GetFlag(FLAGS_budget_device_hours) == 0) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(const std::vector<PlannedTarget> plans,
                       PlanJobs(library, jobs, store, machine));
  return CheckBudget(plans);
}

// A device that is not here is no mistake.
ExitCode Refuse(const absl::Status& status) {
  return Fail(
      absl::IsUnimplemented(status) ? ExitCode::kSkipped : ExitCodeOf(status),
      status);
}

// Adds what a further part did.
void Add(const DriverResult& done, DriverResult& all) {
  all.reused += done.reused;
  all.run += done.run;
  all.accepted += done.accepted;
  all.failed.insert(done.failed.begin(), done.failed.end());
}

// Executes what the parts of targets need and shows the whole.
ExitCode RunJobs(const SpecLibrary& library, const std::vector<Job>& jobs,
                 Machine machine) {
  const absl::StatusOr<std::string> store_path = StorePath();
  if (!store_path.ok()) {
    return Fail(store_path.status());
  }
  const absl::Time begin = absl::Now();
  const Store looked_at = Store::OpenToRead(*store_path);
  if (const absl::Status budget =
          CheckBudgetOf(library, jobs, looked_at, machine);
      !budget.ok()) {
    return absl::IsInvalidArgument(budget) || absl::IsResourceExhausted(budget)
               ? Fail(budget)
               : Fail(ExitCode::kStore, budget);
  }
  const auto plan = [&] { return PlanJobs(library, jobs, looked_at, machine); };
  const absl::StatusOr<RunProcesses> processes =
      FindRunProcesses(machine.deployment, plan);
  if (!processes.ok()) {
    return Refuse(processes.status());
  }
  machine.tasks.threads =
      std::max(1, machine.tasks.threads / processes->local_count);
  if (processes->rank > 0) {
    return RunOtherRank(*processes, plan, looked_at, machine.tasks);
  }
  const absl::StatusOr<Store> store = Store::Open(*store_path);
  if (!store.ok()) {
    return Fail(ExitCode::kStore, store.status());
  }
  DriverResult all;
  std::vector<TargetResults> shown;
  for (const Job& job : jobs) {
    const absl::StatusOr<DriverResult> done =
        RunPart(library, job.part, *store, machine, *processes);
    if (!done.ok()) {
      return Fail(ExitCode::kStore, done.status());
    }
    if (done->stopped) {
      return ExitCode::kRetryable;
    }
    Add(*done, all);
    shown.push_back(ShownOf(library, job, *done, *store, machine));
  }
  return Report(library, shown, all,
                absl::StrFormat("%.1f s on %d threads; store: %s",
                                absl::ToDoubleSeconds(absl::Now() - begin),
                                machine.tasks.threads, *store_path));
}

// Flags whose values nothing else checks.
absl::Status CheckFlags(const SpecLibrary& library, const Machine& machine) {
  if (absl::GetFlag(FLAGS_max_parallel) < 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--max_parallel: found ", absl::GetFlag(FLAGS_max_parallel),
        ", expected 1 or more"));
  }
  if (DeviceKindOf(machine.deployment) != kCpu && !HasCudaDriver()) {
    return absl::UnimplementedError(absl::StrCat(
        "--deployment=", absl::GetFlag(FLAGS_deployment),
        ": this machine has no NVIDIA driver, so no ",
        DeviceKindOf(machine.deployment), "; cxr plan can plan for it"));
  }
  // Before the work, not after it.
  return library.Family(absl::GetFlag(FLAGS_family)).status();
}

}  // namespace

ExitCode RunVerb(absl::string_view program,
                 const std::vector<std::string>& words) {
  if (words.size() != 1) {
    return Fail(absl::InvalidArgumentError(
        "run needs one experiment or table; see: cxr help run"));
  }
  const absl::StatusOr<SpecLibrary> library = LoadLibrary(program);
  if (!library.ok()) {
    return Fail(library.status());
  }
  absl::StatusOr<std::vector<Target>> targets = FindTargets(*library, words[0]);
  if (!targets.ok()) {
    return Fail(targets.status());
  }
  absl::StatusOr<Machine> machine = MakeMachine(*library, program);
  if (!machine.ok()) {
    return Fail(machine.status());
  }
  const absl::Status flags = CheckFlags(*library, *machine);
  if (!flags.ok()) {
    return Refuse(flags);
  }
  std::vector<Job> jobs;
  for (Target& target : *targets) {
    absl::StatusOr<Target> part = OnlyCell(*library, target);
    if (!part.ok()) {
      return Fail(part.status());
    }
    jobs.push_back({.target = std::move(target), .part = *std::move(part)});
  }
  // Stages that run at once share the threads.
  machine->tasks.threads =
      std::max(1, machine->tasks.threads / absl::GetFlag(FLAGS_max_parallel));
  return RunJobs(*library, jobs, *machine);
}

namespace {

std::string DescriptionOf(const Target& target,
                          const spec::FamilySpec& family) {
  if (target.table.has_value()) {
    return reports::WithFamily(target.table->title(), family);
  }
  return target.study.has_value() ? target.study->description()
                                  : target.experiments[0].spec.description();
}

}  // namespace

ExitCode DescribeTarget(absl::string_view program, absl::string_view name) {
  const absl::StatusOr<SpecLibrary> library = LoadLibrary(program);
  if (!library.ok()) {
    return Fail(library.status());
  }
  const absl::StatusOr<spec::FamilySpec> family =
      library->Family(absl::GetFlag(FLAGS_family));
  if (!family.ok()) {
    return Fail(family.status());
  }
  const absl::StatusOr<Target> target =
      FindTarget(*library, name, {.rung = absl::GetFlag(FLAGS_rung)});
  if (!target.ok()) {
    return Fail(target.status());
  }
  absl::PrintF("\n%s: %s\n%d experiments at rung %s\n", target->name,
               DescriptionOf(*target, *family), target->experiments.size(),
               absl::GetFlag(FLAGS_rung));
  return ExitCode::kDone;
}

}  // namespace cxr
