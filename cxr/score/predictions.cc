// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/predictions.h"

#include <cmath>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr absl::string_view kLabel = " label";
constexpr absl::string_view kLogit = " logit";

absl::Status Broken(absl::string_view name, int line, absl::string_view found,
                    absl::string_view expected) {
  return absl::DataLossError(absl::StrCat(name, ":", line, ": found '", found,
                                          "', expected ", expected));
}

absl::StatusOr<std::vector<std::string>> TargetsOf(const CsvTable& table,
                                                   absl::string_view name) {
  const std::vector<std::string>& header = table.header();
  if (header.size() < 4 || header.size() % 2 != 0 || header[0] != "id" ||
      header[1] != "patient") {
    return absl::DataLossError(absl::StrCat(
        name, ":1: expected the columns id, patient and two a target"));
  }
  std::vector<std::string> targets;
  for (size_t i = 2; i < header.size(); i += 2) {
    const std::string target(absl::StripSuffix(header[i], kLabel));
    if (header[i] != absl::StrCat(target, kLabel) ||
        header[i + 1] != absl::StrCat(target, kLogit)) {
      return Broken(name, 1, absl::StrCat(header[i], ",", header[i + 1]),
                    "'T label','T logit' of one target T");
    }
    targets.push_back(target);
  }
  return targets;
}

absl::Status AddCells(const CsvTable::Row& row, absl::string_view name,
                      Predictions& predictions) {
  for (size_t i = 2; i < row.cells.size(); i += 2) {
    const std::string& label = row.cells[i];
    if (label != "0" && label != "1") {
      return Broken(name, row.line, label, "a label 0 or 1");
    }
    float logit = 0;
    if (!absl::SimpleAtof(row.cells[i + 1], &logit) || !std::isfinite(logit)) {
      return Broken(name, row.line, row.cells[i + 1], "a finite logit");
    }
    predictions.labels.push_back(label == "1" ? 1.0f : 0.0f);
    predictions.logits.push_back(logit);
  }
  return absl::OkStatus();
}

}  // namespace

Predictions TakeRows(const Predictions& predictions, const Rows& rows) {
  Predictions taken{.targets = predictions.targets,
                    .ids = Take(predictions.ids, rows),
                    .patients = Take(predictions.patients, rows)};
  const int64_t width = std::ssize(predictions.targets);
  for (const int64_t row : rows) {
    for (int64_t k = row * width; k < (row + 1) * width; ++k) {
      taken.labels.push_back(predictions.labels[k]);
      taken.logits.push_back(predictions.logits[k]);
    }
  }
  return taken;
}

std::string ToCsv(const Predictions& predictions) {
  std::string text = "id,patient";
  for (const std::string& target : predictions.targets) {
    absl::StrAppend(&text, ",", CsvCell(absl::StrCat(target, kLabel)), ",",
                    CsvCell(absl::StrCat(target, kLogit)));
  }
  const size_t width = predictions.targets.size();
  for (size_t i = 0; i < predictions.ids.size(); ++i) {
    absl::StrAppend(&text, "\n", CsvCell(predictions.ids[i]), ",",
                    CsvCell(predictions.patients[i]));
    for (size_t k = i * width; k < (i + 1) * width; ++k) {
      absl::StrAppendFormat(&text, ",%.0f,%.9g", predictions.labels[k],
                            predictions.logits[k]);
    }
  }
  return text + "\n";
}

absl::StatusOr<Predictions> PredictionsFromCsv(absl::string_view text,
                                               absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(text, name));
  Predictions predictions;
  CXR_ASSIGN_OR_RETURN(predictions.targets, TargetsOf(table, name));
  std::set<std::string> seen;
  for (const CsvTable::Row& row : table.rows()) {
    if (!seen.insert(row.cells[0]).second) {
      return Broken(name, row.line, row.cells[0], "each id once");
    }
    predictions.ids.push_back(row.cells[0]);
    predictions.patients.push_back(row.cells[1]);
    CXR_RETURN_IF_ERROR(AddCells(row, name, predictions));
  }
  return predictions;
}

}  // namespace cxr
