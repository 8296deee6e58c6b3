// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/render_target.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/imports.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/references.h"
#include "cxr/spec/study.h"
#include "cxr/tasks/common/stored_predictions.h"
#include "reports/imported_rows.h"
#include "reports/protocol_differences.h"
#include "reports/results_table.h"
#include "reports/seed_mean.h"
#include "reports/study_table.h"
#include "tools/command_line.h"
#include "tools/places.h"

namespace cxr {
namespace {

constexpr absl::string_view kPaperRung = "paper";

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

// The cells of the target's study that it shows.
std::vector<StudyCell> ShownCells(const Target& target) {
  std::set<std::string> shown;
  for (const ResolvedExperiment& experiment : target.experiments) {
    shown.insert(experiment.name);
  }
  std::vector<StudyCell> cells = CellsOf(*target.study, target.study_name);
  std::erase_if(
      cells, [&](const StudyCell& cell) { return !shown.contains(cell.name); });
  return cells;
}

// Names that stand for several seeds, each once.
std::set<std::string> SeedNames(const SpecLibrary& library,
                                const Target& target) {
  std::set<std::string> names;
  for (const NamedTable& table : target.tables) {
    for (std::string& name : ResultsIn(table.spec)) {
      names.insert(std::move(name));
    }
  }
  if (target.study.has_value()) {
    for (const StudyCell& cell : ShownCells(target)) {
      names.insert(UnseededName(cell, target.study_name));
    }
  }
  std::erase_if(names, [&](const std::string& name) {
    return !library.catalog().IsOfSeeds(name);
  });
  return names;
}

using Cells = google::protobuf::RepeatedPtrField<spec::CellSpec>;

// What the counted cells of `cells` read: declarations at the paper's rung.
absl::Status AddDeclared(const SpecLibrary& library, const Cells& cells,
                         std::map<std::string, spec::ExperimentSpec>& all) {
  for (const spec::CellSpec& cell : cells) {
    for (const std::string& name : cell.counted().experiments()) {
      CXR_ASSIGN_OR_RETURN(
          ResolvedExperiment experiment,
          library.Resolve(name, {.rung = std::string(kPaperRung)}));
      all[name] = std::move(experiment.spec);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, spec::ExperimentSpec>> DeclaredFor(
    const SpecLibrary& library, const spec::TableSpec& table) {
  std::map<std::string, spec::ExperimentSpec> declared;
  for (const spec::RowSpec& row : table.rows()) {
    CXR_RETURN_IF_ERROR(AddDeclared(library, row.cells(), declared));
    for (const spec::LineSpec& line : row.lines()) {
      CXR_RETURN_IF_ERROR(AddDeclared(library, line.cells(), declared));
    }
  }
  return declared;
}

// What of `experiments` the table shows, or reads for it.
std::vector<ResolvedExperiment> ExperimentsFor(
    const SpecLibrary& library, const spec::TableSpec& table,
    const std::vector<ResolvedExperiment>& experiments, const Target& target) {
  std::vector<std::string> shown;
  for (const std::string& result : ResultsIn(table)) {
    for (std::string& name : library.catalog().ExperimentsOf(result)) {
      shown.push_back(std::move(name));
    }
  }
  std::vector<ResolvedExperiment> found;
  for (size_t i = 0; i < experiments.size(); ++i) {
    // Behind the target's own come those whose pretraining they read.
    if (i >= target.experiments.size() ||
        std::find(shown.begin(), shown.end(), experiments[i].name) !=
            shown.end()) {
      found.push_back(experiments[i]);
    }
  }
  return found;
}

absl::StatusOr<reports::ResultsTable> RenderTable(
    const SpecLibrary& library, const NamedTable& table,
    const std::vector<TargetResults>& shown) {
  CXR_ASSIGN_OR_RETURN(const spec::RungSpec rung,
                       library.Rung(shown[0].target.setting.rung));
  CXR_ASSIGN_OR_RETURN(const spec::FamilySpec family,
                       library.Family(absl::GetFlag(FLAGS_family)));
  CXR_ASSIGN_OR_RETURN(const spec::PublishedValues published,
                       library.Published(table.spec.published()));
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  std::vector<spec::ProtocolSpec> protocols;
  for (const TargetResults& one : shown) {
    CXR_ASSIGN_OR_RETURN(spec::ProtocolSpec protocol,
                         library.Protocol(one.target.setting.protocol));
    protocols.push_back(std::move(protocol));
  }
  spec::TableSpec with_imported = table.spec;
  std::vector<reports::ResultMap> results;
  for (const TargetResults& one : shown) {
    CXR_ASSIGN_OR_RETURN(
        const std::vector<spec::ImportedCell> imported,
        ReadImports(Store::OpenToRead(store_path), table.name,
                    one.target.setting.rung, one.target.setting.protocol));
    results.push_back(one.results);
    reports::AddImportedRows(imported, &with_imported, &results.back());
  }
  reports::ResultsTableInput input = {.name = table.name,
                                      .table = with_imported,
                                      .published = published,
                                      .family = family,
                                      .rung = rung};
  for (size_t i = 0; i < shown.size(); ++i) {
    input.protocols.push_back({protocols[i], results[i]});
  }
  CXR_ASSIGN_OR_RETURN(input.declared, DeclaredFor(library, table.spec));
  if (shown.size() > 1) {
    input.differences = reports::DifferencesBetween(
        ExperimentsFor(library, table.spec, shown[0].experiments,
                       shown[0].target),
        ExperimentsFor(library, table.spec, shown[1].experiments,
                       shown[1].target));
  }
  return reports::RenderResultsTable(input);
}

absl::StatusOr<RenderedTarget> RenderTables(
    const SpecLibrary& library, const std::vector<TargetResults>& shown) {
  RenderedTarget rendered;
  spec::TableReports& reports = rendered.tables.emplace();
  for (const NamedTable& table : shown[0].target.tables) {
    CXR_ASSIGN_OR_RETURN(reports::ResultsTable one,
                         RenderTable(library, table, shown));
    absl::StrAppend(&rendered.markdown, reports.tables().empty() ? "" : "\n",
                    one.markdown);
    *reports.add_tables() = std::move(one.report);
    rendered.failed_checks.insert(rendered.failed_checks.end(),
                                  one.failed_checks.begin(),
                                  one.failed_checks.end());
  }
  return rendered;
}

}  // namespace

void AddSeedMeans(const SpecLibrary& library, const Target& target,
                  const Store& store, int threads,
                  reports::ResultMap& results) {
  std::map<std::string, const spec::ExperimentSpec*> specs;
  for (const ResolvedExperiment& experiment : target.experiments) {
    specs[experiment.name] = &experiment.spec;
  }
  const auto read = [&](const std::vector<spec::RunRecord>& records) {
    return StoredPredictions(store, records);
  };
  for (const std::string& name : SeedNames(library, target)) {
    const std::vector<std::string> runs = library.catalog().ExperimentsOf(name);
    results[name] = reports::MeanOfSeeds(
        runs, results, specs.at(runs.front())->score(), read, threads);
  }
}

absl::StatusOr<RenderedTarget> RenderTarget(
    const SpecLibrary& library, const std::vector<TargetResults>& shown) {
  const Target& target = shown[0].target;
  if (target.table.has_value()) {
    return RenderTables(library, shown);
  }
  const reports::ResultMap& results = shown[0].results;
  CXR_ASSIGN_OR_RETURN(const spec::RungSpec rung,
                       library.Rung(target.setting.rung));
  CXR_ASSIGN_OR_RETURN(const spec::ProtocolSpec protocol,
                       library.Protocol(target.setting.protocol));
  if (target.study.has_value()) {
    return RenderedTarget{.markdown = reports::RenderStudy(
                              {.name = target.name,
                               .study = *target.study,
                               .study_name = target.study_name,
                               .cells = ShownCells(target),
                               .rung = rung,
                               .protocol = protocol,
                               .results = results,
                               .same_as = EqualCells(target.experiments)})};
  }
  return RenderedTarget{.markdown = reports::RenderExperiment(
                            target.name, rung, results.at(target.name))};
}

}  // namespace cxr
