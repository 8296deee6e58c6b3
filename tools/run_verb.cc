// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/run_verb.h"

#include <algorithm>
#include <cstdio>
#include <map>

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
#include "cxr/harness/driver.h"
#include "cxr/harness/progress.h"
#include "cxr/harness/store.h"
#include "cxr/tasks/environment.h"
#include "cxr/tasks/stages.h"
#include "reports/published_grid.h"
#include "tools/command_line.h"
#include "tools/places.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

// The defaults of --family and --protocol.
constexpr absl::string_view kDefaultFamily = "chexformer";
constexpr absl::string_view kDefaultProtocol = "as_published";

absl::StatusOr<DriverResult> Execute(const Plan& plan, const Store& store,
                                     const TaskOptions& options) {
  Progress progress(stderr, Progress::StyleOf(stderr));
  spec::Provenance provenance;
  provenance.set_threads(options.threads);
  provenance.set_feature_batch_images(options.feature_batch_images);
  provenance.set_device("cpu");
  provenance.set_libraries(ComputeLibraries());
  const auto run = [&](const StageRequest& request) {
    return RunStage(request, options);
  };
  return RunPlan(plan, {.store = store,
                        .run = run,
                        .progress = progress,
                        .provenance = provenance});
}

absl::Status WriteRendered(const std::string& markdown,
                           const std::string& path) {
  const size_t slash = path.rfind('/');
  CXR_RETURN_IF_ERROR(CreateDirectories(path.substr(0, slash)));
  return WriteFileAtomically(path, markdown);
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

// The table's file: one for each family's name and each protocol. A cell's name
// has slashes, which would be folders.
std::string TablePath(const Target& target) {
  const std::string family = absl::GetFlag(FLAGS_family);
  const std::string protocol = absl::GetFlag(FLAGS_protocol);
  return JoinPath(
      OutPath(absl::GetFlag(FLAGS_rung)),
      absl::StrCat(
          absl::StrReplaceAll(target.name, {{"/", "."}}),
          family == kDefaultFamily ? "" : absl::StrCat("_", family),
          protocol == kDefaultProtocol ? "" : absl::StrCat("_", protocol),
          ".md"));
}

// Everything after the specs are understood.
ExitCode RunTarget(const SpecLibrary& library, const Target& target,
                   const TaskOptions& options) {
  const absl::StatusOr<std::string> store_path = StorePath();
  if (!store_path.ok()) {
    return Fail(store_path.status());
  }
  const absl::StatusOr<Store> store = Store::Open(*store_path);
  if (!store.ok()) {
    return Fail(ExitCode::kStore, store.status());
  }
  const absl::Time begin = absl::Now();
  const Plan plan = PlanTarget(target, options);
  absl::StatusOr<DriverResult> result = Execute(plan, *store, options);
  if (!result.ok()) {
    return Fail(ExitCode::kStore, result.status());
  }
  const absl::StatusOr<RenderedTarget> rendered =
      RenderTarget(library, target, ToResults(plan, *result));
  if (!rendered.ok()) {
    return Fail(rendered.status());
  }
  const std::string path = TablePath(target);
  absl::PrintF("%s", rendered->markdown);
  const absl::Status flushed = FlushOutput();
  if (!flushed.ok()) {
    return Fail(ExitCode::kStore, flushed);
  }
  const absl::Status written = WriteRendered(rendered->markdown, path);
  if (!written.ok()) {
    return Fail(ExitCode::kStore, written);
  }
  absl::FPrintF(stderr,
                "cxr: %d stages reused, %d run, %.1f s on %d threads; table: "
                "%s; store: %s\n",
                result->reused, result->run,
                absl::ToDoubleSeconds(absl::Now() - begin), options.threads,
                path, *store_path);
  return Conclude(*rendered, *result);
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
  const absl::StatusOr<Target> target = FindTarget(*library, words[0]);
  if (!target.ok()) {
    return Fail(target.status());
  }
  const absl::StatusOr<TaskOptions> options =
      MakeTaskOptions(*library, program);
  if (!options.ok()) {
    return Fail(options.status());
  }
  // Before the work, not after it.
  const absl::StatusOr<spec::FamilySpec> family =
      library->Family(absl::GetFlag(FLAGS_family));
  if (!family.ok()) {
    return Fail(family.status());
  }
  return RunTarget(*library, *target, *options);
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
  const absl::StatusOr<Target> target = FindTarget(*library, name);
  if (!target.ok()) {
    return Fail(target.status());
  }
  absl::PrintF("\n%s: %s\n%d experiments at rung %s\n", target->name,
               DescriptionOf(*target, *family), target->experiments.size(),
               absl::GetFlag(FLAGS_rung));
  return ExitCode::kDone;
}

}  // namespace cxr
