// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/other_system.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/take_rows.h"

namespace cxr {
namespace {

// Where the class of each target stands in the table.
absl::StatusOr<std::vector<int64_t>> ClassesOf(
    const std::vector<std::string>& targets, const PredictionTable& table) {
  const std::vector<std::string>& classes = table.rows.classes;
  std::vector<int64_t> places;
  for (const std::string& target : targets) {
    const auto found = std::find(classes.begin(), classes.end(), target);
    if (found == classes.end()) {
      return absl::InvalidArgumentError(absl::StrCat(
          table.rows.file, ":1: found no column '", target,
          "', expected one of each target: ", absl::StrJoin(targets, ", "),
          "; columns: ", absl::StrJoin(classes, ", ")));
    }
    places.push_back(found - classes.begin());
  }
  return places;
}

}  // namespace

absl::StatusOr<Predictions> WithScoresOf(const PredictionTable& table,
                                         Predictions truth,
                                         absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(const std::vector<int64_t> classes,
                       ClassesOf(truth.targets, table));
  IdRows images{.file = std::string(name), .ids = truth.ids};
  // As ToCsv writes them.
  for (int64_t i = 0; i < std::ssize(truth.ids); ++i) {
    images.lines.push_back(i + 2);
  }
  CXR_ASSIGN_OR_RETURN(const Rows rows, MatchIds(images, table.rows));
  truth.logits.clear();
  for (const int64_t row : rows) {
    for (const int64_t k : classes) {
      truth.logits.push_back(static_cast<float>(table.scores[k][row]));
    }
  }
  return truth;
}

absl::StatusOr<Predictions> ReadTruthOf(absl::string_view path,
                                        const std::vector<std::string>& targets,
                                        const std::string& patient_column) {
  CXR_ASSIGN_OR_RETURN(
      const TruthTable table,
      ReadTruth(path, {.file = "the table's column", .classes = targets},
                {patient_column}));
  Predictions truth{
      .targets = targets, .ids = table.rows.ids, .patients = table.texts[0]};
  for (size_t i = 0; i < truth.ids.size(); ++i) {
    if (truth.patients[i].empty()) {
      return absl::DataLossError(
          absl::StrCat(path, ":", table.rows.lines[i], ": ", patient_column,
                       ": found '', expected the name of a patient"));
    }
    for (const std::vector<uint8_t>& labels : table.labels) {
      truth.labels.push_back(labels[i]);
      truth.logits.push_back(0.0f);
    }
  }
  return truth;
}

std::vector<std::string> UnusedClasses(
    const PredictionTable& table, const std::vector<std::string>& targets) {
  std::vector<std::string> unused;
  std::copy_if(table.rows.classes.begin(), table.rows.classes.end(),
               std::back_inserter(unused), [&](const std::string& name) {
                 return std::count(targets.begin(), targets.end(), name) == 0;
               });
  return unused;
}

}  // namespace cxr
