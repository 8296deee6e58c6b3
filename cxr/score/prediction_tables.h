// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_PREDICTION_TABLES_H_
#define CXR_SCORE_PREDICTION_TABLES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/score/scored_rows.h"
#include "cxr/spec/score.pb.h"

// What runs predicted as the tables that anybody's predictions are scored from
// (score_csv.h).

namespace cxr {

// The column of the truth that names patients.
inline constexpr absl::string_view kPatientColumn = "patient";

struct PredictionTables {
  // id,patient and the targets, 0 or 1: what is scored by the spec, an image a
  // row or, its id being the patient's name, a patient.
  std::string truth = {};
  // One a run, of the same rows in the same order: id and the targets, scores
  // as the spec's profile ranks them. Their AUROC and average precision by
  // SCIKIT_LEARN at IMAGE_LEVEL are those of ScoreClassification, to the bit.
  std::vector<std::string> scores = {};
};

// Of runs that differ in their seed, at least one. Errors as ScoredRows;
// InvalidArgument for a target with the name of another column.
absl::StatusOr<PredictionTables> MakePredictionTables(
    const std::vector<NamedPredictions>& runs,
    const spec::ClassificationScoreSpec& spec);

}  // namespace cxr

#endif  // CXR_SCORE_PREDICTION_TABLES_H_
