// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_score_files.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/take_rows.h"

namespace cxr {
namespace {

// Rows by rising id.
Rows SortedRows(const std::vector<std::string>& ids) {
  Rows rows(ids.size());
  std::iota(rows.begin(), rows.end(), 0);
  std::sort(rows.begin(), rows.end(),
            [&ids](int64_t a, int64_t b) { return ids[a] < ids[b]; });
  return rows;
}

// The rows of `others` for the rows `order` of `rows`.
absl::StatusOr<Rows> MatchedRows(const IdRows& rows, const Rows& order,
                                 const IdRows& others) {
  CXR_ASSIGN_OR_RETURN(const Rows matched, MatchIds(rows, others));
  return Take(matched, order);
}

// The scores of another system or run, classes in the order of the first.
absl::StatusOr<std::vector<std::vector<double>>> OtherScores(
    absl::string_view path, ScoreType type, const IdRows& truth,
    const Rows& order, const IdRows& first) {
  CXR_ASSIGN_OR_RETURN(PredictionTable other, ReadPredictions(path, type));
  std::vector<std::vector<double>> scores;
  for (const std::string& name : first.classes) {
    const auto& classes = other.rows.classes;
    const auto found = std::find(classes.begin(), classes.end(), name);
    if (found == classes.end()) {
      return absl::DataLossError(
          absl::StrCat(other.rows.file, ":1: found no column '", name,
                       "', expected all classes of ", first.file,
                       "; columns: ", absl::StrJoin(classes, ", ")));
    }
    scores.push_back(std::move(other.scores[found - classes.begin()]));
  }
  for (const std::string& name : other.rows.classes) {
    if (std::find(first.classes.begin(), first.classes.end(), name) ==
        first.classes.end()) {
      return absl::DataLossError(
          absl::StrCat(other.rows.file, ":1: found a column '", name,
                       "', expected the classes of ", first.file,
                       " only: ", absl::StrJoin(first.classes, ", ")));
    }
  }
  CXR_ASSIGN_OR_RETURN(const Rows rows, MatchedRows(truth, order, other.rows));
  return TakeAll(scores, rows);
}

absl::Status CheckPatients(const LabelledScores& scores,
                           absl::string_view column) {
  for (size_t i = 0; i < scores.patients.size(); ++i) {
    if (!scores.patients[i].empty()) continue;
    return absl::DataLossError(
        absl::StrCat(scores.truth_file, ":", scores.lines[i], ": ", column,
                     ": found '', expected the name of a patient"));
  }
  return absl::OkStatus();
}

// Columns of text in the order: patients, if they are known, groups, strata, if
// there are any.
std::vector<std::string> TextColumns(const LabelledScoreFiles& files) {
  std::vector<std::string> names = files.groups;
  if (!files.patient_column.empty()) {
    names.insert(names.begin(), files.patient_column);
  }
  if (!files.strata.empty()) names.push_back(files.strata);
  return names;
}

// Those of a class are its labels, however they were written.
GroupColumn StrataOf(const std::string& name, const LabelledScores& scores,
                     std::vector<std::string> cells) {
  const auto found =
      std::find(scores.classes.begin(), scores.classes.end(), name);
  if (found != scores.classes.end()) {
    const auto& labels = scores.labels[found - scores.classes.begin()];
    for (size_t i = 0; i < cells.size(); ++i) {
      cells[i] = absl::StrCat(int{labels[i]});
    }
  }
  return {.name = name, .cells = std::move(cells)};
}

}  // namespace

absl::StatusOr<LabelledScoreTables> ReadLabelledScores(
    const LabelledScoreFiles& files) {
  CXR_ASSIGN_OR_RETURN(const PredictionTable predictions,
                       ReadPredictions(files.scores, files.type));
  CXR_ASSIGN_OR_RETURN(
      TruthTable truth,
      ReadTruth(files.labels, predictions.rows, TextColumns(files)));
  const Rows order = SortedRows(truth.rows.ids);
  CXR_ASSIGN_OR_RETURN(const Rows rows,
                       MatchedRows(truth.rows, order, predictions.rows));
  LabelledScores scores = {.classes = predictions.rows.classes,
                           .ids = Take(truth.rows.ids, order),
                           .labels = TakeAll(truth.labels, order),
                           .scores = TakeAll(predictions.scores, rows),
                           .truth_file = truth.rows.file,
                           .lines = Take(truth.rows.lines, order),
                           .images = std::ssize(order),
                           .outside = predictions.outside};
  std::vector<std::vector<std::string>> texts = TakeAll(truth.texts, order);
  const size_t first_group = files.patient_column.empty() ? 0 : 1;
  if (first_group == 1) scores.patients = std::move(texts[0]);
  for (size_t k = 0; k < files.groups.size(); ++k) {
    scores.groups.push_back(
        {.name = files.groups[k], .cells = std::move(texts[first_group + k])});
  }
  if (!files.strata.empty()) {
    scores.strata = StrataOf(files.strata, scores, std::move(texts.back()));
  }
  CXR_RETURN_IF_ERROR(CheckPatients(scores, files.patient_column));
  CXR_RETURN_IF_ERROR(CheckStrata(scores));
  if (!files.compare.empty()) {
    CXR_ASSIGN_OR_RETURN(scores.other_scores,
                         OtherScores(files.compare, files.type, truth.rows,
                                     order, predictions.rows));
  }
  for (const std::string& path : files.other_runs) {
    CXR_ASSIGN_OR_RETURN(
        scores.other_runs.emplace_back(),
        OtherScores(path, files.type, truth.rows, order, predictions.rows));
  }
  return LabelledScoreTables{.scores = std::move(scores),
                             .unused = std::move(truth.unused)};
}

}  // namespace cxr
