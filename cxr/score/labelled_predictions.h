// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_LABELLED_PREDICTIONS_H_
#define CXR_SCORE_LABELLED_PREDICTIONS_H_

#include "absl/status/statusor.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/predictions.h"

namespace cxr {

// The logits as scores beside their labels. Rows stay in their order, which
// resamples depend on.
LabelledScores ToLabelledScores(const Predictions& predictions);

// One row a patient for records at PATIENT_MAX: the largest score of his
// images, and what any of his images shows. On CheXpert's own test list, of one
// study a patient, all his images show the same. Errors of MaxOfPatients.
absl::StatusOr<LabelledScores> ScoresOfPatients(LabelledScores images);

}  // namespace cxr

#endif  // CXR_SCORE_LABELLED_PREDICTIONS_H_
