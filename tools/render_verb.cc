// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/render_verb.h"

#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "reports/grid.h"
#include "reports/published_grid.h"
#include "reports/table_csv.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"
#include "tools/planning.h"
#include "tools/render_target.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

// As the paper printed it; of a table that shows others each of them.
absl::StatusOr<std::string> Published(const SpecLibrary& library,
                                      absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(const spec::TableSpec table, library.Table(name));
  CXR_ASSIGN_OR_RETURN(const spec::FamilySpec family,
                       library.Family(absl::GetFlag(FLAGS_family)));
  std::vector<std::string> names = {table.parts().begin(), table.parts().end()};
  if (names.empty()) {
    names.emplace_back(name);
  }
  std::string text;
  for (const std::string& part : names) {
    CXR_ASSIGN_OR_RETURN(const spec::TableSpec shown, library.Table(part));
    CXR_ASSIGN_OR_RETURN(const spec::PublishedValues published,
                         library.Published(shown.published()));
    CXR_ASSIGN_OR_RETURN(const reports::Grid grid,
                         reports::PublishedGrid(published, family));
    absl::StrAppend(&text, text.empty() ? "" : "\n", reports::ToMarkdown(grid));
  }
  return text;
}

absl::StatusOr<std::string> FromStore(const SpecLibrary& library,
                                      absl::string_view name,
                                      absl::string_view program) {
  CXR_ASSIGN_OR_RETURN(const std::vector<Target> targets,
                       FindTargets(library, name));
  CXR_ASSIGN_OR_RETURN(const Machine machine, MakeMachine(library, program));
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  const Store store = Store::OpenToRead(store_path);
  std::vector<TargetResults> shown;
  for (const Target& target : targets) {
    const Plan plan = PlanTarget(library, target, machine);
    shown.push_back({.target = target,
                     .experiments = plan.experiments,
                     .results = ToResults(CollectRecords(plan, store))});
    AddSeedMeans(library, target, store, machine.tasks.threads,
                 shown.back().results);
  }
  CXR_ASSIGN_OR_RETURN(const RenderedTarget rendered,
                       RenderTarget(library, shown));
  if (absl::GetFlag(FLAGS_format) == "text") {
    return rendered.markdown;
  }
  if (!rendered.tables.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--format: '", name, "' is no table, expected text"));
  }
  return absl::GetFlag(FLAGS_format) == "csv"
             ? reports::TableCsv(*rendered.tables)
             : ToJson(*rendered.tables);
}

absl::Status CheckFlags(const std::vector<std::string>& words) {
  const std::string source = absl::GetFlag(FLAGS_source);
  const std::string format = absl::GetFlag(FLAGS_format);
  if (words.size() != 1) {
    return absl::InvalidArgumentError(
        "render needs one table; see: cxr help render");
  }
  if (source != "published" && source != "results") {
    return absl::InvalidArgumentError(absl::StrCat(
        "--source: found '", source, "', expected results or published"));
  }
  if (format != "text" &&
      (source == "published" || (format != "csv" && format != "json"))) {
    return absl::InvalidArgumentError(
        absl::StrCat("--format: found '", format, "', expected ",
                     source == "published" ? "text with --source=published"
                                           : "text, csv or json"));
  }
  return absl::OkStatus();
}

}  // namespace

ExitCode RenderVerb(absl::string_view program,
                    const std::vector<std::string>& words) {
  if (const absl::Status flags = CheckFlags(words); !flags.ok()) {
    return Fail(flags);
  }
  const absl::StatusOr<SpecLibrary> library = LoadLibrary(program);
  if (!library.ok()) {
    return Fail(library.status());
  }
  const absl::StatusOr<std::string> text =
      absl::GetFlag(FLAGS_source) == "published"
          ? Published(*library, words[0])
          : FromStore(*library, words[0], program);
  if (!text.ok()) {
    return Fail(text.status());
  }
  absl::PrintF("%s", *text);
  return ExitCode::kDone;
}

}  // namespace cxr
