// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_CLASSIFICATION_H_
#define CXR_SCORE_CLASSIFICATION_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/score/predictions.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/score.pb.h"

namespace cxr {

// "auroc" and "auprc" of every target, in the order of the targets, then their
// macro means, each with a bootstrap interval. A target with one class only
// has no AUROC: its value is NaN without interval, and the macro mean is what
// the profile makes of it (ranked_targets.h). At PATIENT_MAX rows are patients,
// and so are positives; `images` stays the number of images.
//
// A resample that leaves a value undefined is drawn anew, as the interval says
// (undefined_resamples.h).
//
// InvalidArgument if there are no predictions.
absl::StatusOr<std::vector<spec::MetricValue>> ScoreClassification(
    const Predictions& predictions, const spec::ScoreSpec& spec);

}  // namespace cxr

#endif  // CXR_SCORE_CLASSIFICATION_H_
