// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/prediction_tables.h"

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/ranked_targets.h"

namespace cxr {
namespace {

constexpr absl::string_view kIdColumn = "id";

absl::Status CheckTargets(const std::vector<std::string>& targets) {
  for (const std::string& target : targets) {
    if (target == kIdColumn || target == kPatientColumn) {
      return absl::InvalidArgumentError(absl::StrCat(
          "target '", target, "': the column of that name is no target's"));
    }
  }
  return absl::OkStatus();
}

std::string TruthTableOf(const LabelledScores& rows) {
  std::string text = absl::StrCat(kIdColumn, ",", kPatientColumn);
  for (const std::string& name : rows.classes) {
    absl::StrAppend(&text, ",", CsvCell(name));
  }
  for (int64_t i = 0; i < rows.size(); ++i) {
    absl::StrAppend(&text, "\n", CsvCell(rows.ids[i]), ",",
                    CsvCell(rows.patients[i]));
    for (const std::vector<uint8_t>& labels : rows.labels) {
      absl::StrAppend(&text, labels[i] == 1 ? ",1" : ",0");
    }
  }
  return text + "\n";
}

// Of scores (L, n). They are float32: nine digits bring back every bit.
std::string ScoreTableOf(const LabelledScores& rows,
                         const std::vector<std::vector<double>>& scores) {
  std::string text(kIdColumn);
  for (const std::string& name : rows.classes) {
    absl::StrAppend(&text, ",", CsvCell(name));
  }
  for (int64_t i = 0; i < rows.size(); ++i) {
    absl::StrAppend(&text, "\n", CsvCell(rows.ids[i]));
    for (const std::vector<double>& of_target : scores) {
      absl::StrAppendFormat(&text, ",%.9g", of_target[i]);
    }
  }
  return text + "\n";
}

}  // namespace

absl::StatusOr<PredictionTables> MakePredictionTables(
    const std::vector<NamedPredictions>& runs,
    const spec::ClassificationScoreSpec& spec) {
  CXR_ASSIGN_OR_RETURN(const LabelledScores rows,
                       ScoredRows(runs, spec.level()));
  CXR_RETURN_IF_ERROR(CheckTargets(rows.classes));
  PredictionTables tables{.truth = TruthTableOf(rows)};
  tables.scores.push_back(
      ScoreTableOf(rows, ProfileScores(rows.scores, spec.profile())));
  for (const std::vector<std::vector<double>>& run : rows.other_runs) {
    tables.scores.push_back(
        ScoreTableOf(rows, ProfileScores(run, spec.profile())));
  }
  return tables;
}

}  // namespace cxr
