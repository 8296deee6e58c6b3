// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/target.h"

#include <algorithm>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/references.h"
#include "cxr/tasks/code_digest.h"
#include "reports/published_grid.h"
#include "tools/cell.h"
#include "tools/command_line.h"
#include "tools/specs.h"

namespace cxr {
namespace {

// --protocol=both.
constexpr absl::string_view kBoth = "both";
constexpr absl::string_view kAsPublished = "as_published";
constexpr absl::string_view kCorrected = "corrected";

// Adds the tables that a target shows, and what is run for them.
absl::Status AddTables(const SpecLibrary& library, Target& target,
                       std::vector<std::string>& names) {
  if (target.table->parts().empty()) {
    target.tables = {{.name = target.name, .spec = *target.table}};
  }
  for (const std::string& part : target.table->parts()) {
    CXR_ASSIGN_OR_RETURN(spec::TableSpec table, library.Table(part));
    target.tables.push_back({.name = part, .spec = std::move(table)});
  }
  for (const NamedTable& table : target.tables) {
    for (const std::string& result : ResultsIn(table.spec)) {
      for (std::string& name : library.catalog().ExperimentsOf(result)) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
          names.push_back(std::move(name));
        }
      }
    }
  }
  return absl::OkStatus();
}

// The names of what is run for `target`.
absl::StatusOr<std::vector<std::string>> NamesFor(const SpecLibrary& library,
                                                  Target& target) {
  const std::string& name = target.name;
  std::vector<std::string> names;
  if (library.HasTable(name)) {
    CXR_ASSIGN_OR_RETURN(target.table, library.Table(name));
    CXR_RETURN_IF_ERROR(AddTables(library, target, names));
    return names;
  }
  if (library.HasStudy(name)) {
    CXR_ASSIGN_OR_RETURN(target.study, library.Study(name));
    target.study_name = name;
    return library.CellNames(name);
  }
  names = library.catalog().ExperimentsOf(name);
  if (library.catalog().IsOfSeeds(name)) {
    target.study_name = name.substr(0, name.find('/'));
    CXR_ASSIGN_OR_RETURN(target.study, library.Study(target.study_name));
  }
  if (names.empty()) {
    return absl::InvalidArgumentError(
        absl::StrContains(name, '/')
            ? library.catalog().ExplainMissingResult(name)
            : NotThere("experiment, study or table", name,
                       library.TargetNames()));
  }
  return names;
}

}  // namespace

absl::StatusOr<Target> FindTarget(const SpecLibrary& library,
                                  absl::string_view name,
                                  const Setting& setting) {
  CXR_RETURN_IF_ERROR(library.Rung(setting.rung).status());
  CXR_RETURN_IF_ERROR(library.Protocol(setting.protocol).status());
  Target target{.name = std::string(name), .setting = setting};
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                       NamesFor(library, target));
  std::vector<std::string> problems;
  for (absl::StatusOr<ResolvedExperiment>& resolved :
       library.ResolveAll(names, setting, AvailableThreads())) {
    if (resolved.ok()) {
      target.experiments.push_back(*std::move(resolved));
    } else {
      // Experiments that share a broken file have one problem.
      const std::string problem(resolved.status().message());
      if (std::find(problems.begin(), problems.end(), problem) ==
          problems.end()) {
        problems.push_back(problem);
      }
    }
  }
  if (!problems.empty()) {
    return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
  }
  return target;
}

absl::StatusOr<std::vector<Target>> FindTargets(const SpecLibrary& library,
                                                absl::string_view name) {
  std::vector<Setting> settings = {SettingFlags()};
  if (settings[0].protocol == kBoth) {
    settings.push_back(settings[0]);
    settings[0].protocol = std::string(kAsPublished);
    settings[1].protocol = std::string(kCorrected);
  }
  std::vector<Target> targets;
  for (const Setting& setting : settings) {
    CXR_ASSIGN_OR_RETURN(Target target, FindTarget(library, name, setting));
    if (settings.size() > 1 && !target.table.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--protocol=both: '", name,
          "' is no table with lines to stand side by side; expected ",
          kAsPublished, " or ", kCorrected));
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

absl::StatusOr<Target> OnlyCell(const SpecLibrary& library, Target target) {
  const std::string cell = absl::GetFlag(FLAGS_cell);
  if (cell.empty()) {
    return target;
  }
  if (!target.table.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--cell: '", target.name, "' is no table"));
  }
  if (!target.table->parts().empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--cell: '", target.name, "' shows several tables; name one of them: ",
        absl::StrJoin(target.table->parts(), ", ")));
  }
  CXR_ASSIGN_OR_RETURN(const spec::PublishedValues published,
                       library.Published(target.table->published()));
  CXR_ASSIGN_OR_RETURN(const spec::FamilySpec family,
                       library.Family(absl::GetFlag(FLAGS_family)));
  // Rows are named as they are printed.
  spec::TableSpec table = *target.table;
  for (spec::RowSpec& row : *table.mutable_rows()) {
    row.set_label(reports::WithFamily(row.label(), family));
  }
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> results,
                       ExperimentsOfCell(table, published, cell));
  std::vector<std::string> names;
  for (const std::string& result : results) {
    for (std::string& name : library.catalog().ExperimentsOf(result)) {
      names.push_back(std::move(name));
    }
  }
  std::erase_if(target.experiments, [&](const ResolvedExperiment& experiment) {
    return std::find(names.begin(), names.end(), experiment.name) ==
           names.end();
  });
  return target;
}

reports::ResultMap ToResults(DriverResult result) {
  reports::ResultMap results;
  for (const auto& [name, reason] : result.missing) {
    results[name].missing = reason;
  }
  for (const auto& [name, status] : result.failed) {
    results[name].failed = std::string(status.message());
  }
  for (const std::string& name : result.not_run) {
    results[name].missing = absl::StrCat(
        "not run: tools/bazel run ",
        // The cell of a study is no target of its own.
        absl::StrContains(name, '/') ? "//tools:cxr -- run " : "//experiments:",
        name);
  }
  for (auto& [name, records] : result.records) {
    for (const spec::RunRecord& record : records) {
      if (record.provenance().code_digest() !=
          StageCodeDigest(record.stage())) {
        results[name].made_by_other_code.push_back(record.stage());
      }
    }
    results[name].records = std::move(records);
  }
  return results;
}

}  // namespace cxr
