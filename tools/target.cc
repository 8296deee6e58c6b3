// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/target.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/references.h"
#include "cxr/spec/study.h"
#include "cxr/tasks/code_digest.h"
#include "reports/published_grid.h"
#include "reports/results_table.h"
#include "reports/study_table.h"
#include "tools/cell.h"
#include "tools/command_line.h"
#include "tools/specs.h"

namespace cxr {

namespace {

// The name of the first experiment of equal digest, of all that are not it.
std::map<std::string, std::string> EqualCells(
    const std::vector<ResolvedExperiment>& experiments) {
  std::map<std::string, std::string> first;
  std::map<std::string, std::string> equal;
  for (const ResolvedExperiment& experiment : experiments) {
    const auto [known, added] =
        first.emplace(SpecDigest(experiment.spec), experiment.name);
    if (!added) {
      equal[experiment.name] = known->second;
    }
  }
  return equal;
}

}  // namespace

absl::StatusOr<Target> FindTarget(const SpecLibrary& library,
                                  absl::string_view name) {
  const Setting setting = SettingFlags();
  CXR_RETURN_IF_ERROR(library.Rung(setting.rung).status());
  CXR_RETURN_IF_ERROR(library.Protocol(setting.protocol).status());
  Target target{.name = std::string(name)};
  std::vector<std::string> names = {target.name};
  if (library.HasTable(name)) {
    CXR_ASSIGN_OR_RETURN(target.table, library.Table(name));
    names = NamesIn(*target.table, spec::EXPERIMENT);
  } else if (library.HasStudy(name)) {
    CXR_ASSIGN_OR_RETURN(target.study, library.Study(name));
    names = library.CellNames(name);
  } else if (!library.HasExperiment(name)) {
    return absl::InvalidArgumentError(
        absl::StrContains(name, '/')
            ? library.catalog().ExplainMissing(spec::EXPERIMENT, name)
            : NotThere("experiment, study or table", name,
                       library.TargetNames()));
  }
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

absl::StatusOr<Target> OnlyCell(const SpecLibrary& library, Target target) {
  const std::string cell = absl::GetFlag(FLAGS_cell);
  if (cell.empty()) {
    return target;
  }
  if (!target.table.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--cell: '", target.name, "' is no table"));
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
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                       ExperimentsOfCell(table, published, cell));
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
    results[name].missing =
        absl::StrCat("not run: tools/bazel run //experiments:", name);
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

absl::StatusOr<RenderedTarget> RenderTarget(const SpecLibrary& library,
                                            const Target& target,
                                            const reports::ResultMap& results) {
  CXR_ASSIGN_OR_RETURN(const spec::RungSpec rung,
                       library.Rung(absl::GetFlag(FLAGS_rung)));
  CXR_ASSIGN_OR_RETURN(const spec::ProtocolSpec protocol,
                       library.Protocol(absl::GetFlag(FLAGS_protocol)));
  if (target.study.has_value()) {
    return RenderedTarget{.markdown = reports::RenderStudy(
                              {.name = target.name,
                               .study = *target.study,
                               .cells = CellsOf(*target.study, target.name),
                               .rung = rung,
                               .protocol = protocol,
                               .results = results,
                               .same_as = EqualCells(target.experiments)})};
  }
  if (!target.table.has_value()) {
    return RenderedTarget{.markdown = reports::RenderExperiment(
                              target.name, rung, results.at(target.name))};
  }
  CXR_ASSIGN_OR_RETURN(const spec::FamilySpec family,
                       library.Family(absl::GetFlag(FLAGS_family)));
  CXR_ASSIGN_OR_RETURN(const spec::PublishedValues published,
                       library.Published(target.table->published()));
  CXR_ASSIGN_OR_RETURN(reports::ResultsTable table,
                       reports::RenderResultsTable({.table = *target.table,
                                                    .published = published,
                                                    .family = family,
                                                    .rung = rung,
                                                    .protocol = protocol,
                                                    .results = results}));
  return RenderedTarget{.markdown = std::move(table.markdown),
                        .failed_checks = std::move(table.failed_checks)};
}

}  // namespace cxr
