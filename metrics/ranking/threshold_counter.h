// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_THRESHOLD_COUNTER_H_
#define METRICS_RANKING_THRESHOLD_COUNTER_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/confusion.h"

namespace cxr::metrics {

// Confusion counts at thresholds that are known beforehand, batch by batch:
// examples that score at least as high are called positive. Counts are
// integers: order and number of parts do not matter; memory is that of the
// thresholds.
class ThresholdCounter {
 public:
  // InvalidArgument unless there is a threshold and each is above the one
  // before it (NaN is not).
  static absl::StatusOr<ThresholdCounter> Create(
      std::vector<double> thresholds);

  // InvalidArgument if the sizes differ, if a score is NaN or infinite or if a
  // label is not 0 or 1, naming the index in this call, and nothing is added.
  absl::Status Add(absl::Span<const double> scores,
                   absl::Span<const uint8_t> labels);

  // `other` must have the same thresholds, else the program ends.
  void Merge(const ThresholdCounter& other);

  // One for each threshold, in their order.
  std::vector<Confusion> Finish() const;

 private:
  explicit ThresholdCounter(std::vector<double> thresholds);

  std::vector<double> thresholds_;
  // [k]: examples of the class that reach exactly k of the thresholds.
  std::vector<int64_t> negatives_;
  std::vector<int64_t> positives_;
};

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_THRESHOLD_COUNTER_H_
