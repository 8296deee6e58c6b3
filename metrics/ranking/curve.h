// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_CURVE_H_
#define METRICS_RANKING_CURVE_H_

#include <vector>

#include "metrics/ranking/threshold_counts.h"

namespace cxr::metrics {

// Curves of one label, point for point those of scikit-learn 1.6.1 (roc_curve,
// precision_recall_curve) for the same scores, in its order.

// Which thresholds have a point.
enum class CurvePoints {
  kAll,
  // Those that a plot needs: a ROC point is left out if it lies on the line of
  // its neighbours with equal steps, a precision-recall point if neither
  // neighbour has another recall. Areas stay the same. scikit-learn's
  // drop_intermediate=True, the default of roc_curve.
  kDropIntermediate,
};

struct RocPoint {
  double threshold;  // infinite in the first point
  double false_positive_rate;
  double true_positive_rate;
};

// By falling threshold, from (0, 0) at an infinite threshold to (1, 1). Rates
// of a class without examples are NaN.
std::vector<RocPoint> RocCurve(const ThresholdCounts& counts,
                               CurvePoints points);

struct PrecisionRecallPoint {
  double threshold;  // NaN in the last point, for which scikit-learn has none
  double precision;
  double recall;
};

// By rising threshold, then the point with precision 1 and recall 0. Without a
// positive the recall is 1 at every threshold.
std::vector<PrecisionRecallPoint> PrecisionRecallCurve(
    const ThresholdCounts& counts, CurvePoints points);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_CURVE_H_
