// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_scores.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/take_rows.h"

namespace cxr {
namespace {

constexpr absl::string_view kOne = "a patient is scored as one";

// Whether all rows of a patient hold the same in `column`, and why they must.
template <typename T>
absl::Status CheckAgreement(const LabelledScores& images,
                            const std::vector<int32_t>& patients,
                            absl::string_view name,
                            const std::vector<T>& column,
                            absl::string_view reason) {
  std::map<int32_t, size_t> first_row;
  for (size_t i = 0; i < patients.size(); ++i) {
    const size_t first = first_row.emplace(patients[i], i).first->second;
    if (column[i] == column[first]) continue;
    return absl::DataLossError(
        absl::StrCat(images.truth_file, ":", images.lines[i], ": ", name,
                     ": found '", column[i], "', expected '", column[first],
                     "' as on line ", images.lines[first], " for patient '",
                     images.patients[i], "': ", reason));
  }
  return absl::OkStatus();
}

// A number for each name, by rising name: equal names have equal numbers.
std::vector<int32_t> NumberRising(const std::vector<std::string>& names) {
  std::map<absl::string_view, int32_t> known;
  for (const std::string& name : names) known.emplace(name, 0);
  int32_t next = 0;
  for (auto& [name, number] : known) number = next++;
  std::vector<int32_t> numbers;
  for (const std::string& name : names) numbers.push_back(known.at(name));
  return numbers;
}

std::vector<std::vector<double>> LargestScores(
    const std::vector<std::vector<double>>& columns,
    const std::vector<int32_t>& patients, const Rows& first_rows) {
  std::vector<std::vector<double>> largest = TakeAll(columns, first_rows);
  for (size_t k = 0; k < columns.size(); ++k) {
    for (size_t i = 0; i < patients.size(); ++i) {
      double& score = largest[k][patients[i]];
      score = std::max(score, columns[k][i]);
    }
  }
  return largest;
}

}  // namespace

absl::StatusOr<LabelledScores> MaxOfPatients(const LabelledScores& images) {
  CXR_CHECK(images.patients.size() == images.ids.size())
      << images.patients.size() << " patients of " << images.ids.size();
  // Numbers by rising name, so that rows are.
  const std::vector<int32_t> patients = NumberRising(images.patients);
  Rows first_rows;
  for (size_t i = 0; i < patients.size(); ++i) {
    const size_t patient = patients[i];
    if (patient >= first_rows.size()) first_rows.resize(patient + 1, -1);
    if (first_rows[patient] < 0) {
      first_rows[patient] = static_cast<int64_t>(i);
    }
  }
  for (size_t k = 0; k < images.classes.size(); ++k) {
    std::vector<int> labels(images.labels[k].begin(), images.labels[k].end());
    CXR_RETURN_IF_ERROR(
        CheckAgreement(images, patients, images.classes[k], labels, kOne));
  }
  LabelledScores made = {
      .classes = images.classes,
      .ids = Take(images.patients, first_rows),
      .labels = TakeAll(images.labels, first_rows),
      .scores = LargestScores(images.scores, patients, first_rows),
      .other_scores = LargestScores(images.other_scores, patients, first_rows),
      .patients = Take(images.patients, first_rows),
      .truth_file = images.truth_file,
      .lines = Take(images.lines, first_rows),
      .images = images.images,
      .images_of_row = std::vector<int64_t>(first_rows.size(), 0),
      .outside = images.outside};
  for (const auto& run : images.other_runs) {
    made.other_runs.push_back(LargestScores(run, patients, first_rows));
  }
  if (!images.strata.cells.empty()) {
    CXR_RETURN_IF_ERROR(CheckAgreement(images, patients, images.strata.name,
                                       images.strata.cells, kOne));
    made.strata = {.name = images.strata.name,
                   .cells = Take(images.strata.cells, first_rows)};
  }
  for (const int32_t patient : patients) ++made.images_of_row[patient];
  for (const GroupColumn& group : images.groups) {
    CXR_RETURN_IF_ERROR(
        CheckAgreement(images, patients, group.name, group.cells, kOne));
    made.groups.push_back(
        {.name = group.name, .cells = Take(group.cells, first_rows)});
  }
  return made;
}

std::vector<int32_t> NumberNames(absl::Span<const std::string> names) {
  std::vector<int32_t> numbers;
  absl::flat_hash_map<absl::string_view, int32_t> known;
  for (const std::string& name : names) {
    numbers.push_back(
        known.emplace(name, static_cast<int32_t>(known.size())).first->second);
  }
  return numbers;
}

absl::Status CheckStrata(const LabelledScores& scores) {
  const std::vector<std::string>& cells = scores.strata.cells;
  const auto empty = std::find(cells.begin(), cells.end(), "");
  if (empty != cells.end()) {
    return absl::DataLossError(absl::StrCat(
        scores.truth_file, ":", scores.lines[empty - cells.begin()], ": ",
        scores.strata.name, ": found '', expected a stratum"));
  }
  if (cells.empty() || scores.patients.empty()) return absl::OkStatus();
  return CheckAgreement(scores, NumberNames(scores.patients),
                        scores.strata.name, cells,
                        "a patient is drawn whole, from one stratum");
}

absl::StatusOr<metrics::ResamplingUnits> UnitsOf(const LabelledScores& scores) {
  const std::vector<int32_t> patients = NumberNames(scores.patients);
  if (!scores.strata.cells.empty()) {
    const std::vector<int32_t> strata = NumberRising(scores.strata.cells);
    return patients.empty()
               ? metrics::ResamplingUnits::StratifiedExamples(strata)
               : metrics::ResamplingUnits::StratifiedClusters(patients, strata);
  }
  return patients.empty() ? metrics::ResamplingUnits::Examples(scores.size())
                          : metrics::ResamplingUnits::Clusters(patients);
}

int64_t CountPatients(const LabelledScores& scores) {
  const std::vector<int32_t> numbers = NumberNames(scores.patients);
  return numbers.empty()
             ? 0
             : *std::max_element(numbers.begin(), numbers.end()) + 1;
}

}  // namespace cxr
