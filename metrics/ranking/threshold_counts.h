// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_THRESHOLD_COUNTS_H_
#define METRICS_RANKING_THRESHOLD_COUNTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// One binary label at each of its distinct scores as the threshold: whatever
// has this score or a higher one is called positive. Curves, operating points
// and areas all follow from these counts.
struct ThresholdCounts {
  struct Row {
    double threshold;  // 0.0 stands for -0.0 too
    int64_t true_positives;
    int64_t false_positives;
  };

  std::vector<Row> rows;  // by falling threshold, at least one
  int64_t positives = 0;
  int64_t negatives = 0;
};

// Counts of the examples as they are. Input and errors are those of Auroc
// (auroc.h).
absl::StatusOr<ThresholdCounts> CountAtThresholds(
    absl::Span<const float> scores, absl::Span<const uint8_t> labels);
absl::StatusOr<ThresholdCounts> CountAtThresholds(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels);

// The values of auroc.h from counts: NaN for one class only; 0 without a
// positive and 1 with positives only.
double Auroc(const ThresholdCounts& counts);
double AveragePrecision(const ThresholdCounts& counts);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_THRESHOLD_COUNTS_H_
