// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/import_verb.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/file.h"
#include "cxr/base/file_digest.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/imports.h"
#include "cxr/harness/store.h"
#include "cxr/score/classification.h"
#include "cxr/score/other_system.h"
#include "cxr/score/predictions.h"
#include "cxr/score/score_csv.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/common/stored_predictions.h"
#include "reports/metric_text.h"
#include "tools/command_line.h"
#include "tools/places.h"
#include "tools/planning.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

// The key of the published row of the paper's S, whose experiment says how a
// column is scored.
constexpr absl::string_view kProtocolRow = "s";

// The headers of the columns that experiments fill.
std::vector<std::string> FilledColumns(const spec::TableSpec& table,
                                       const spec::PublishedValues& published) {
  std::vector<std::string> headers;
  for (int i = 0; i < table.columns_size(); ++i) {
    if (table.columns(i).has_metric()) {
      headers.push_back(published.columns(i + 1));
    }
  }
  return headers;
}

// The header that --column names, in either case of letters.
absl::StatusOr<std::string> ChosenColumn(
    const spec::TableSpec& table, const spec::PublishedValues& published) {
  const std::string name = absl::GetFlag(FLAGS_column);
  const std::vector<std::string> headers = FilledColumns(table, published);
  for (const std::string& header : headers) {
    if (absl::EqualsIgnoreCase(header, name)) return header;
  }
  return absl::InvalidArgumentError(
      headers.empty()
          ? "--column: this table computes no column; it is as published"
          : absl::StrCat("--column: ", NotThere("column", name, headers)));
}

// A name that no row of the table has.
absl::StatusOr<std::string> ChosenRow(const spec::TableSpec& table) {
  std::string name = absl::GetFlag(FLAGS_row);
  for (const spec::RowSpec& row : table.rows()) {
    if (absl::EqualsIgnoreCase(row.label(), name)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--row: found '", name,
                       "', expected a name that the table does not "
                       "have yet"));
    }
  }
  if (name.empty()) {
    return absl::InvalidArgumentError(
        "import: expected --row=NAME, the system's name; see: cxr help import");
  }
  return name;
}

// The experiment of the first line of the paper's S that fills the column; of
// several seeds the first, whose images are those of all.
absl::StatusOr<std::string> ExperimentOf(const SpecLibrary& library,
                                         const spec::TableSpec& table,
                                         const std::string& column) {
  for (const spec::RowSpec& row : table.rows()) {
    if (row.published_row() != kProtocolRow) continue;
    std::vector<spec::CellSpec> cells(row.cells().begin(), row.cells().end());
    for (const spec::LineSpec& line : row.lines()) {
      cells.insert(cells.end(), line.cells().begin(), line.cells().end());
    }
    for (const spec::CellSpec& cell : cells) {
      if (cell.column() == column && cell.has_experiment()) {
        return library.catalog().ExperimentsOf(cell.experiment()).front();
      }
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--column: no experiment of the paper's S fills '", column, "'"));
}

// The truth, and what it is called.
struct Truth {
  Predictions predictions = {};
  std::string name = {};
  std::string note = {};
};

std::string FileNote(absl::string_view what, const std::string& path,
                     const std::string& digest) {
  return absl::StrCat(what, " ", Basename(path), ", sha256 ", digest);
}

// The images and labels of the experiment's own predictions.
absl::StatusOr<Truth> TruthOfExperiment(absl::string_view program,
                                        const SpecLibrary& library,
                                        const std::string& experiment,
                                        const Store& store) {
  CXR_ASSIGN_OR_RETURN(const Target target,
                       FindTarget(library, experiment, SettingFlags()));
  CXR_ASSIGN_OR_RETURN(const Machine machine, MakeMachine(library, program));
  const DriverResult result =
      CollectRecords(PlanTarget(library, target, machine), store);
  const auto found = result.records.find(experiment);
  if (found == result.records.end()) {
    const auto missing = result.missing.find(experiment);
    return absl::NotFoundError(absl::StrCat(
        experiment,
        ": its images and labels are the truth, and it was not run "
        "at rung ",
        absl::GetFlag(FLAGS_rung), " by protocol ",
        absl::GetFlag(FLAGS_protocol),
        missing == result.missing.end()
            ? ""
            : absl::StrCat(" (", missing->second, ")"),
        "; run it, or give --labels"));
  }
  absl::StatusOr<Predictions> predictions =
      StoredPredictions(store, found->second);
  CXR_RETURN_IF_ERROR(Annotate(predictions.status(), experiment));
  const std::string& id = FindRecord(found->second, StageKind::kPredict)->id();
  return Truth{.predictions = *std::move(predictions),
               .name = absl::StrCat(kPredictionsFile, " of ", experiment),
               .note = absl::StrCat("images and labels of ", experiment,
                                    ", predictions ", id.substr(0, 12))};
}

absl::StatusOr<Truth> TruthOfFile(const spec::ExperimentSpec& experiment) {
  const std::string path = UserPath(absl::GetFlag(FLAGS_labels));
  const std::string patients = absl::GetFlag(FLAGS_patient_column);
  if (patients.empty()) {
    return absl::InvalidArgumentError(
        "import: --labels needs --patient_column: intervals are of whole "
        "patients");
  }
  const auto& targets = experiment.train().targets();
  Truth truth{.name = path};
  CXR_ASSIGN_OR_RETURN(
      truth.predictions,
      ReadTruthOf(path, {targets.begin(), targets.end()}, patients));
  CXR_ASSIGN_OR_RETURN(const std::string digest, Sha256OfFile(path));
  truth.note = FileNote("images and labels of", path, digest);
  return truth;
}

// The scores of --scores in the place `cell` names.
absl::StatusOr<spec::ImportedCell> Scored(
    const spec::ImportedCell& place, const spec::ExperimentSpec& experiment,
    Truth truth) {
  const std::string path = UserPath(absl::GetFlag(FLAGS_scores));
  CXR_ASSIGN_OR_RETURN(const PredictionTable table,
                       ReadPredictions(path, ScoreType::kFloat));
  CXR_ASSIGN_OR_RETURN(const std::string digest, Sha256OfFile(path));
  spec::ImportedCell cell = place;
  cell.add_notes(
      FileNote(absl::StrCat(place.column(), " imported from"), path, digest));
  cell.add_notes(truth.note);
  const std::vector<std::string> unused =
      UnusedClasses(table, truth.predictions.targets);
  if (!unused.empty()) {
    absl::FPrintF(stderr, "cxr: columns of %s that were not used: %s\n", path,
                  absl::StrJoin(unused, ", "));
  }
  CXR_ASSIGN_OR_RETURN(
      const Predictions predictions,
      WithScoresOf(table, std::move(truth.predictions), truth.name));
  CXR_ASSIGN_OR_RETURN(const std::vector<spec::MetricValue> metrics,
                       ScoreClassification(predictions, experiment.score()));
  cell.mutable_metrics()->Add(metrics.begin(), metrics.end());
  return cell;
}

absl::Status Print(const spec::ImportedCell& cell,
                   const std::string& experiment) {
  for (const spec::MetricValue& value : cell.metrics()) {
    if (value.target() != "macro") continue;
    absl::PrintF("%s, %s: macro %s %s %%; %s\n", cell.row(), cell.column(),
                 value.metric(), reports::PercentText(value, 2),
                 reports::BasisText(value));
  }
  absl::FPrintF(stderr, "cxr: scored as %s; shown by: cxr render %s%s\n",
                experiment, cell.table(),
                FlagsGiven({"rung", "protocol", "store"}));
  return FlushOutput();
}

absl::Status Import(absl::string_view program, const SpecLibrary& library,
                    const spec::TableSpec& table, spec::ImportedCell place) {
  if (absl::GetFlag(FLAGS_scores).empty()) {
    return absl::InvalidArgumentError(
        "import: expected --scores=FILE; see: cxr help import");
  }
  CXR_ASSIGN_OR_RETURN(*place.mutable_row(), ChosenRow(table));
  CXR_ASSIGN_OR_RETURN(const std::string experiment,
                       ExperimentOf(library, table, place.column()));
  CXR_ASSIGN_OR_RETURN(const ResolvedExperiment resolved,
                       library.Resolve(experiment, SettingFlags()));
  if (!resolved.spec.score().has_classification()) {
    return absl::UnimplementedError(absl::StrCat(
        "--column: ", experiment,
        " is no classification, and only such scores can be imported"));
  }
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  CXR_ASSIGN_OR_RETURN(const Store store, Store::Open(store_path));
  absl::StatusOr<Truth> truth =
      absl::GetFlag(FLAGS_labels).empty()
          ? TruthOfExperiment(program, library, experiment, store)
          : TruthOfFile(resolved.spec);
  CXR_RETURN_IF_ERROR(truth.status());
  CXR_ASSIGN_OR_RETURN(const spec::ImportedCell cell,
                       Scored(place, resolved.spec, *std::move(truth)));
  CXR_RETURN_IF_ERROR(WriteImport(store, cell,
                                  absl::GetFlag(FLAGS_overwrite)
                                      ? ImportMode::kOverwrite
                                      : ImportMode::kNew));
  return Print(cell, experiment);
}

// Without --column all of the row.
absl::Status Remove(const spec::ImportedCell& place) {
  CXR_RETURN_IF_ERROR(RefuseFlags(
      "import --remove", {"scores", "labels", "patient_column", "overwrite"}));
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  const Store store = Store::OpenToRead(store_path);
  CXR_ASSIGN_OR_RETURN(
      const std::vector<spec::ImportedCell> cells,
      ReadImports(store, place.table(), place.rung(), place.protocol()));
  std::vector<std::string> there;
  int removed = 0;
  for (const spec::ImportedCell& cell : cells) {
    there.push_back(absl::StrCat(cell.row(), ", ", cell.column()));
    if (cell.row() != place.row() ||
        (place.has_column() && cell.column() != place.column())) {
      continue;
    }
    CXR_RETURN_IF_ERROR(RemoveImport(store, cell));
    absl::FPrintF(stderr, "cxr: removed %s\n", there.back());
    ++removed;
  }
  if (removed > 0) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat(
      "import --remove: nothing imported is '", place.row(), "'",
      place.has_column() ? absl::StrCat(" in ", place.column()) : "",
      there.empty()
          ? "; nothing is there"
          : absl::StrCat("; there are: ", absl::StrJoin(there, "; "))));
}

absl::Status RunImport(absl::string_view program,
                       const std::vector<std::string>& words) {
  if (words.size() != 1) {
    return absl::InvalidArgumentError(
        "import needs one table; see: cxr help import");
  }
  CXR_ASSIGN_OR_RETURN(const SpecLibrary library, LoadLibrary(program));
  CXR_RETURN_IF_ERROR(library.Rung(absl::GetFlag(FLAGS_rung)).status());
  CXR_RETURN_IF_ERROR(library.Protocol(absl::GetFlag(FLAGS_protocol)).status());
  CXR_ASSIGN_OR_RETURN(const spec::TableSpec table, library.Table(words[0]));
  CXR_ASSIGN_OR_RETURN(const spec::PublishedValues published,
                       library.Published(table.published()));
  spec::ImportedCell place;
  place.set_table(words[0]);
  place.set_rung(absl::GetFlag(FLAGS_rung));
  place.set_protocol(absl::GetFlag(FLAGS_protocol));
  place.set_row(absl::GetFlag(FLAGS_row));
  const bool removes = absl::GetFlag(FLAGS_remove);
  if (!removes || !absl::GetFlag(FLAGS_column).empty()) {
    CXR_ASSIGN_OR_RETURN(*place.mutable_column(),
                         ChosenColumn(table, published));
  }
  return removes ? Remove(place)
                 : Import(program, library, table, std::move(place));
}

}  // namespace

ExitCode ImportVerb(absl::string_view program,
                    const std::vector<std::string>& words) {
  return CodeOf(RunImport(program, words));
}

}  // namespace cxr
