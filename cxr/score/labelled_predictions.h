// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_LABELLED_PREDICTIONS_H_
#define CXR_SCORE_LABELLED_PREDICTIONS_H_

#include "cxr/score/labelled_scores.h"
#include "cxr/score/predictions.h"

namespace cxr {

// The logits as scores beside their labels. Rows stay in their order, which
// resamples depend on.
LabelledScores ToLabelledScores(const Predictions& predictions);

}  // namespace cxr

#endif  // CXR_SCORE_LABELLED_PREDICTIONS_H_
