// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_BRIER_H_
#define METRICS_RANKING_BRIER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/exact_sum.h"

namespace cxr::metrics {

// Brier score of one binary label: the mean of (probability - label)^2, in
// [0, 1], 0 being best. scikit-learn 1.6.1: brier_score_loss.
//
//   BrierAccumulator brier;
//   for (each batch) status = brier.Add(probabilities, labels);
//   brier.Finish();
//
// Merge adds what another accumulator was given. The result does not depend on
// the order or the number of parts (ExactSum); memory is constant.
class BrierAccumulator {
 public:
  // Probabilities are in [0, 1], labels 0 or 1. InvalidArgument otherwise, or
  // if the sizes differ; the text names the index in this call, and nothing of
  // it is added.
  absl::Status Add(absl::Span<const double> probabilities,
                   absl::Span<const uint8_t> labels);
  void Merge(const BrierAccumulator& other);

  // FailedPrecondition if nothing was added.
  absl::StatusOr<double> Finish() const;

 private:
  int64_t count_ = 0;
  ExactSum squares_;
};

// The Brier score of one batch.
absl::StatusOr<double> BrierScore(absl::Span<const double> probabilities,
                                  absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_BRIER_H_
