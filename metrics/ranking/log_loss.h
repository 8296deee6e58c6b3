// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_LOG_LOSS_H_
#define METRICS_RANKING_LOG_LOSS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/ranking/exact_sum.h"

namespace cxr::metrics {

// Log loss of one binary label: the mean of -ln(probability of the label that
// is right), in nats. scikit-learn 1.6.1: log_loss(labels, probabilities,
// labels=[0, 1]).
//
// As there, the probability of label 0 is 1 - p, and both are clipped to
// [eps, 1 - eps], all in the type of the probabilities with eps its epsilon
// (1.2e-7 or 2.2e-16); logarithms and the mean are in double for both types.
//
// The result does not depend on the order or the number of parts (ExactSum);
// memory is constant.
class LogLossAccumulator {
 public:
  // Probabilities are in [0, 1], labels 0 or 1. InvalidArgument otherwise, or
  // if the sizes differ; the text names the index in this call, and nothing of
  // it is added.
  absl::Status Add(absl::Span<const double> probabilities,
                   absl::Span<const uint8_t> labels);
  absl::Status Add(absl::Span<const float> probabilities,
                   absl::Span<const uint8_t> labels);
  void Merge(const LogLossAccumulator& other);

  // FailedPrecondition if nothing was added.
  absl::StatusOr<double> Finish() const;

 private:
  template <typename Probability>
  absl::Status AddAll(absl::Span<const Probability> probabilities,
                      absl::Span<const uint8_t> labels);

  int64_t count_ = 0;
  ExactSum losses_;
};

// The log loss of one batch.
absl::StatusOr<double> LogLoss(absl::Span<const double> probabilities,
                               absl::Span<const uint8_t> labels);
absl::StatusOr<double> LogLoss(absl::Span<const float> probabilities,
                               absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_LOG_LOSS_H_
