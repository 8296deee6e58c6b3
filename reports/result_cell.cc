// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/result_cell.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reports/metric_text.h"
#include "reports/seed_mean.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kMacro = "macro";

// A cell without a value, and why.
spec::TableCell Without(spec::TableCell cell, spec::CellStatus status,
                        std::string text, std::string reason,
                        std::string note) {
  cell.set_status(status);
  cell.set_text(std::move(text));
  cell.set_reason(std::move(reason));
  cell.add_notes(std::move(note));
  return cell;
}

spec::SeedBasis BasisOf(const SeedRuns& seeds, absl::string_view metric) {
  spec::SeedBasis basis;
  basis.set_declared(static_cast<int32_t>(seeds.declared.size()));
  *basis.mutable_ended_well() = {seeds.ended_well.begin(),
                                 seeds.ended_well.end()};
  const auto add = [&](const std::map<std::string, std::string>& lost,
                       bool failed) {
    for (const auto& [name, reason] : lost) {
      spec::LostSeed& seed = *basis.add_lost();
      seed.set_experiment(name);
      seed.set_reason(reason);
      seed.set_failed(failed);
    }
  };
  add(seeds.failed, true);
  add(seeds.missing, false);
  if (const spec::SeedValue* value = FindSeedValue(seeds, metric, kMacro)) {
    *basis.mutable_values() = value->runs();
    basis.set_standard_deviation(value->standard_deviation());
  }
  return basis;
}

// Names and ids of what was computed for the cell: of a mean over seeds those
// of every run.
void AddEvidence(const std::string& experiment, const ExperimentResult& result,
                 const ResultMap& results, spec::TableCell& cell) {
  const std::vector<std::string> names =
      result.seeds.has_value() ? result.seeds->ended_well
                               : std::vector<std::string>{experiment};
  for (const std::string& name : names) {
    cell.add_experiments(name);
    const ExperimentResult* run = FindResult(results, name);
    if (run == nullptr) continue;
    for (const spec::RunRecord& record : run->records) {
      const std::string id = absl::StrCat(record.stage(), ":", record.id());
      if (std::find(cell.stage_ids().begin(), cell.stage_ids().end(), id) ==
          cell.stage_ids().end()) {
        cell.add_stage_ids(id);
      }
    }
  }
}

void SetValue(const spec::ColumnSpec& column, const ExperimentResult& result,
              const spec::MetricValue& value, spec::TableCell& cell) {
  std::string basis = BasisText(value);
  std::string text =
      absl::StrCat(PercentText(value, column.decimals()), column.suffix());
  if (result.seeds.has_value()) {
    basis = absl::StrCat(SeedsText(*result.seeds, value.metric(), kMacro), "; ",
                         basis);
    const std::string lost = LostSeedsText(*result.seeds);
    absl::StrAppend(&text, lost.empty() ? "" : absl::StrCat(" (", lost, ")"));
  }
  cell.set_status(spec::VALUE);
  cell.set_text(std::move(text));
  cell.set_value(100 * value.value());
  *cell.mutable_metric() = value;
  cell.add_notes(absl::StrCat(cell.column(), ": ",
                              cell.synthetic() ? "SYNTHETIC images; " : "",
                              basis, "."));
}

}  // namespace

std::string MetricName(spec::TableMetric metric) {
  switch (metric) {
    case spec::MACRO_AUROC:
      return "auroc";
    case spec::MACRO_AUPRC:
      return "auprc";
    default:  // No record of this version has one of them.
      return absl::AsciiStrToLower(spec::TableMetric_Name(metric));
  }
}

const ExperimentResult* FindResult(const ResultMap& results,
                                   const std::string& name) {
  const auto it = results.find(name);
  return it == results.end() ? nullptr : &it->second;
}

spec::TableCell EmptyCell(const std::string& header) {
  spec::TableCell cell;
  cell.set_column(header);
  cell.set_status(spec::EMPTY);
  cell.set_text(std::string(kNothing));
  return cell;
}

spec::TableCell ResultCell(const spec::ColumnSpec& column,
                           const std::string& header,
                           const std::string& experiment,
                           const ResultMap& results) {
  spec::TableCell cell;
  cell.set_column(header);
  const std::string metric = MetricName(column.metric());
  const ExperimentResult* result = FindResult(results, experiment);
  if (result == nullptr) {
    return Without(cell, spec::MISSING_RESULT, "MISSING", "not run",
                   "not run.");
  }
  if (result->seeds.has_value()) {
    *cell.mutable_seeds() = BasisOf(*result->seeds, metric);
  }
  if (!result->missing.empty()) {
    return Without(cell, spec::MISSING_RESULT, MissingText(result->missing),
                   result->missing,
                   absl::StrCat(MissingReason(result->missing), "."));
  }
  if (result->records.empty()) {
    return Without(cell, spec::FAILED_RESULT, "FAILED", result->failed,
                   absl::StrCat(experiment, ": ", result->failed));
  }
  AddEvidence(experiment, *result, results, cell);
  cell.set_synthetic(IsSynthetic(*result));
  const spec::MetricValue* value =
      FindMetric(result->records.back(), metric, kMacro);
  if (value == nullptr) {
    const std::string reason = absl::StrCat("its record has no macro ", metric);
    return Without(cell, spec::FAILED_RESULT, "FAILED", reason,
                   absl::StrCat(experiment, ": ", reason));
  }
  SetValue(column, *result, *value, cell);
  return cell;
}

spec::TableCell MeanOfCells(const spec::ColumnSpec& column,
                            const std::string& header,
                            const std::vector<spec::TableCell>& cells) {
  spec::TableCell mean = EmptyCell(header);
  double sum = 0;
  std::vector<std::string> drawn;
  std::vector<std::string> real;
  std::vector<std::string> without;
  bool nothing = true;
  for (const spec::TableCell& cell : cells) {
    nothing = nothing && cell.status() == spec::EMPTY;
    const std::string name =
        cell.experiments().empty() ? cell.column() : cell.experiments(0);
    if (cell.status() != spec::VALUE || std::isnan(cell.value())) {
      without.push_back(name);
      continue;
    }
    sum += cell.value();
    (cell.synthetic() ? drawn : real).push_back(cell.column());
    mean.mutable_experiments()->MergeFrom(cell.experiments());
    mean.mutable_stage_ids()->MergeFrom(cell.stage_ids());
  }
  if (nothing) {
    return mean;
  }
  mean.set_status(spec::NOT_SHOWN);
  if (!without.empty()) {
    mean.set_reason(
        absl::StrCat("incomplete: no value of ", absl::StrJoin(without, ", ")));
    return mean;
  }
  if (!drawn.empty() && !real.empty()) {
    mean.set_reason(absl::StrCat("images of ", absl::StrJoin(drawn, ", "),
                                 " are SYNTHETIC, those of ",
                                 absl::StrJoin(real, ", "),
                                 " are not: their mean would say nothing of "
                                 "either"));
    mean.add_notes(absl::StrCat(header, " is not shown: ", mean.reason(), "."));
    return mean;
  }
  mean.set_status(spec::VALUE);
  mean.set_value(sum / static_cast<double>(cells.size()));
  mean.set_synthetic(!drawn.empty());
  mean.set_text(absl::StrFormat("%.*f%s", column.decimals(), mean.value(),
                                column.suffix()));
  if (mean.synthetic()) {
    mean.add_notes(absl::StrCat(header, ": a mean over SYNTHETIC images."));
  }
  return mean;
}

}  // namespace cxr::reports
