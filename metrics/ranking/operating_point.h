// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_OPERATING_POINT_H_
#define METRICS_RANKING_OPERATING_POINT_H_

#include "absl/status/statusor.h"
#include "metrics/ranking/confusion.h"
#include "metrics/ranking/threshold_counts.h"

namespace cxr::metrics {

// Thresholds of one label and what they do: examples that score at least as
// high are called positive.
//
// Candidates are the distinct scores and an infinite threshold, which calls
// nothing positive: the vertices of the ROC curve. Nothing is interpolated.
// Among candidates that do equally well the highest threshold is taken, as
// numpy.argmax takes it on scikit-learn's roc_curve.
struct OperatingPoint {
  double threshold;
  Confusion confusion;
};

// Any threshold, a score or not; NaN calls nothing positive.
Confusion ConfusionAt(const ThresholdCounts& counts, double threshold);

// The highest sensitivity among candidates whose specificity is at least
// `specificity`; and of those with this sensitivity the highest threshold, so
// the highest specificity too. InvalidArgument if `specificity` is not in
// [0, 1]; FailedPrecondition unless there are examples of both classes.
absl::StatusOr<OperatingPoint> SensitivityAtSpecificity(
    const ThresholdCounts& counts, double specificity);

// The highest specificity among candidates whose sensitivity is at least
// `sensitivity`: the highest threshold that reaches it. Errors as above.
absl::StatusOr<OperatingPoint> SpecificityAtSensitivity(
    const ThresholdCounts& counts, double sensitivity);

// The candidate with the largest Youden's J, compared in integers, so that
// equal values are equal. FailedPrecondition unless there are examples of both
// classes.
absl::StatusOr<OperatingPoint> LargestYoudenJ(const ThresholdCounts& counts);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_OPERATING_POINT_H_
