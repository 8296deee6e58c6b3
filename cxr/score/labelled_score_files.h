// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_LABELLED_SCORE_FILES_H_
#define CXR_SCORE_LABELLED_SCORE_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/score_csv.h"

namespace cxr {

// Which tables are read, and which columns of the truth.
struct LabelledScoreFiles {
  std::string labels = {};
  std::string scores = {};
  std::vector<std::string> other_runs = {};  // of the same system
  std::string compare = {};                  // "": none
  std::string patient_column = {};           // "": none
  std::vector<std::string> groups = {};      // columns
  std::string strata = {};              // a column, of a class or not; "": none
  ScoreType type = ScoreType::kDouble;  // of scores
};

struct LabelledScoreTables {
  LabelledScores scores = {};
  std::vector<std::string> unused = {};  // columns of the truth
};

// Rows by rising id, whatever the order of files, so that nothing computed from
// them depends on it. Errors as in score_csv.h, and DataLoss if a patient has
// no name, if systems or runs have different classes, and by CheckStrata.
absl::StatusOr<LabelledScoreTables> ReadLabelledScores(
    const LabelledScoreFiles& files);

}  // namespace cxr

#endif  // CXR_SCORE_LABELLED_SCORE_FILES_H_
