// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SCORED_ROWS_H_
#define CXR_SCORE_SCORED_ROWS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/predictions.h"
#include "cxr/spec/score.pb.h"

namespace cxr {

// The predictions of one run, and what errors call it.
struct NamedPredictions {
  std::string name = {};
  Predictions predictions = {};
};

// What is scored of runs that differ in their seed, at least one: images by
// themselves, in the order of the first run, or a row a patient. Scores are
// logits, those of the first run in `scores`, of the others in `other_runs`.
//
// Rows are matched by id. DataLoss naming the run if its targets, images,
// patients or labels are not those of the first; InvalidArgument if there are
// no images.
absl::StatusOr<LabelledScores> ScoredRows(
    const std::vector<NamedPredictions>& runs, spec::ScoreLevel level);

}  // namespace cxr

#endif  // CXR_SCORE_SCORED_ROWS_H_
