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

// Whether all rows of a patient hold the same in `column`.
template <typename T>
absl::Status CheckAgreement(const LabelledScores& images,
                            const std::vector<int32_t>& patients,
                            absl::string_view name,
                            const std::vector<T>& column) {
  std::map<int32_t, size_t> first_row;
  for (size_t i = 0; i < patients.size(); ++i) {
    const size_t first = first_row.emplace(patients[i], i).first->second;
    if (column[i] == column[first]) continue;
    return absl::DataLossError(
        absl::StrCat(images.truth_file, ":", images.lines[i], ": ", name,
                     ": found '", column[i], "', expected '", column[first],
                     "' as on line ", images.lines[first], " for patient '",
                     images.patients[i], "': a patient is scored as one"));
  }
  return absl::OkStatus();
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
  std::map<std::string, int32_t> number;
  for (const std::string& name : images.patients) number.emplace(name, 0);
  int32_t next = 0;
  for (auto& [name, value] : number) value = next++;
  std::vector<int32_t> patients;
  Rows first_rows(number.size(), -1);
  for (size_t i = 0; i < images.patients.size(); ++i) {
    patients.push_back(number.at(images.patients[i]));
    int64_t& first = first_rows[patients[i]];
    if (first < 0) first = static_cast<int64_t>(i);
  }
  for (size_t k = 0; k < images.classes.size(); ++k) {
    std::vector<int> labels(images.labels[k].begin(), images.labels[k].end());
    CXR_RETURN_IF_ERROR(
        CheckAgreement(images, patients, images.classes[k], labels));
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
      .images_of_row = std::vector<int64_t>(number.size(), 0),
      .outside = images.outside};
  for (const int32_t patient : patients) ++made.images_of_row[patient];
  for (const GroupColumn& group : images.groups) {
    CXR_RETURN_IF_ERROR(
        CheckAgreement(images, patients, group.name, group.cells));
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

absl::StatusOr<metrics::ResamplingUnits> UnitsOf(const LabelledScores& scores) {
  return scores.patients.empty()
             ? metrics::ResamplingUnits::Examples(scores.size())
             : metrics::ResamplingUnits::Clusters(NumberNames(scores.patients));
}

int64_t CountPatients(const LabelledScores& scores) {
  const std::vector<int32_t> numbers = NumberNames(scores.patients);
  return numbers.empty()
             ? 0
             : *std::max_element(numbers.begin(), numbers.end()) + 1;
}

}  // namespace cxr
