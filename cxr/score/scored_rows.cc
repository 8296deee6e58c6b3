// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/scored_rows.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/labelled_predictions.h"

namespace cxr {
namespace {

absl::Status Differs(const NamedPredictions& first,
                     const NamedPredictions& other, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(other.name, ": ", what, " those of ",
                                          first.name,
                                          "; runs of other seeds have the "
                                          "same"));
}

// The scores of `other`, in the order of the rows of `first`.
absl::StatusOr<std::vector<std::vector<double>>> Aligned(
    const NamedPredictions& first, const NamedPredictions& other) {
  const Predictions& a = first.predictions;
  const Predictions& b = other.predictions;
  if (a.targets != b.targets) {
    return Differs(first, other, "its targets are not");
  }
  absl::flat_hash_map<absl::string_view, size_t> rows;
  for (size_t i = 0; i < b.ids.size(); ++i) rows[b.ids[i]] = i;
  if (rows.size() != a.ids.size()) {
    return Differs(first, other, "its images are not");
  }
  const size_t width = a.targets.size();
  std::vector<std::vector<double>> scores(width);
  for (size_t i = 0; i < a.ids.size(); ++i) {
    const auto row = rows.find(a.ids[i]);
    if (row == rows.end()) {
      return Differs(first, other,
                     absl::StrCat("without the image '", a.ids[i],
                                  "' its images are not"));
    }
    if (a.patients[i] != b.patients[row->second]) {
      return Differs(first, other, "its patients are not");
    }
    for (size_t k = 0; k < width; ++k) {
      const size_t cell = row->second * width + k;
      if (b.labels[cell] != a.labels[i * width + k]) {
        return Differs(first, other,
                       absl::StrCat("its labels of '", a.ids[i], "' are not"));
      }
      scores[k].push_back(b.logits[cell]);
    }
  }
  return scores;
}

}  // namespace

absl::StatusOr<LabelledScores> ScoredRows(
    const std::vector<NamedPredictions>& runs, spec::ScoreLevel level) {
  CXR_CHECK(!runs.empty());
  if (runs[0].predictions.ids.empty()) {
    return absl::InvalidArgumentError("there are no predictions to score");
  }
  LabelledScores scores = ToLabelledScores(runs[0].predictions);
  for (size_t i = 1; i < runs.size(); ++i) {
    CXR_ASSIGN_OR_RETURN(auto other, Aligned(runs[0], runs[i]));
    scores.other_runs.push_back(std::move(other));
  }
  return level == spec::PATIENT_MAX ? ScoresOfPatients(std::move(scores))
                                    : std::move(scores);
}

}  // namespace cxr
