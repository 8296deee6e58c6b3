// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/chance_line.h"

#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/with_commas.h"
#include "cxr/spec/score.pb.h"
#include "reports/metric_text.h"
#include "reports/result_cell.h"

namespace cxr::reports {
namespace {

constexpr double kChanceAuroc = 50;  // Percent.
constexpr absl::string_view kLevel = "score.classification.level";

// The part of positives a target, in a mean over targets.
struct Prevalence {
  double mean = 0;
  int targets = 0;
  int64_t rows = 0;
  bool of_patients = false;
};

bool ScoresPatients(const spec::RunRecord& score) {
  for (const spec::IdentityPart& part : score.identity()) {
    if (part.path() == kLevel) {
      return part.value() == spec::ScoreLevel_Name(spec::PATIENT_MAX);
    }
  }
  return false;
}

// Nothing without a target's metric.
std::optional<Prevalence> PrevalenceOf(const spec::RunRecord& score,
                                       const std::string& metric) {
  Prevalence prevalence = {.of_patients = ScoresPatients(score)};
  double sum = 0;
  for (const spec::MetricValue& value : score.metrics()) {
    if (value.metric() != metric || value.target() == "macro" ||
        value.has_group()) {
      continue;
    }
    prevalence.rows =
        prevalence.of_patients ? value.patients() : value.images();
    if (prevalence.rows < 1) {
      return std::nullopt;
    }
    sum += static_cast<double>(value.positives()) /
           static_cast<double>(prevalence.rows);
    ++prevalence.targets;
  }
  if (prevalence.targets == 0) {
    return std::nullopt;
  }
  prevalence.mean = sum / prevalence.targets;
  return prevalence;
}

std::string NoteOf(const std::string& header, const Prevalence& prevalence) {
  return absl::StrCat(
      header, ": the part of positives among ", WithCommas(prevalence.rows),
      prevalence.of_patients ? " patients" : " images",
      prevalence.targets == 1
          ? ""
          : absl::StrCat(", mean of ", prevalence.targets, " targets"),
      ".");
}

}  // namespace

spec::TableCell ChanceCell(const spec::ColumnSpec& column,
                           const std::string& header,
                           const std::vector<std::string>& experiments,
                           const ResultMap& results) {
  spec::TableCell cell = EmptyCell(header);
  if (column.metric() != spec::MACRO_AUROC &&
      column.metric() != spec::MACRO_AUPRC) {
    return cell;
  }
  std::optional<Prevalence> known;
  for (const std::string& name : experiments) {
    const ExperimentResult* result = FindResult(results, name);
    if (result == nullptr || result->records.empty()) {
      continue;
    }
    const std::optional<Prevalence> prevalence =
        PrevalenceOf(result->records.back(), MetricName(column.metric()));
    if (!prevalence.has_value()) {
      continue;
    }
    if (known.has_value() && column.metric() == spec::MACRO_AUPRC &&
        known->mean != prevalence->mean) {
      cell.set_status(spec::NOT_SHOWN);
      cell.set_reason(
          "the column's cells are of images with different parts "
          "of positives");
      cell.add_notes(
          absl::StrCat(header, " is not shown: ", cell.reason(), "."));
      return cell;
    }
    known = prevalence;
    cell.set_synthetic(IsSynthetic(*result));
  }
  if (!known.has_value()) {
    return cell;
  }
  cell.set_status(spec::VALUE);
  cell.set_value(column.metric() == spec::MACRO_AUROC ? kChanceAuroc
                                                      : 100 * known->mean);
  cell.set_text(absl::StrFormat("%.*f%s", column.decimals(), cell.value(),
                                column.suffix()));
  if (column.metric() == spec::MACRO_AUPRC) {
    cell.add_notes(NoteOf(header, *known));
  }
  return cell;
}

}  // namespace cxr::reports
