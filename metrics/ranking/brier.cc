// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/brier.h"

#include <cstddef>

#include "metrics/ranking/probabilities.h"

namespace cxr::metrics {

absl::Status BrierAccumulator::Add(absl::Span<const double> probabilities,
                                   absl::Span<const uint8_t> labels) {
  const absl::Status valid = CheckProbabilities(probabilities, labels);
  if (!valid.ok()) return valid;
  for (size_t i = 0; i < probabilities.size(); ++i) {
    const double miss = probabilities[i] - labels[i];
    squares_.Add(miss * miss);
  }
  count_ += std::ssize(probabilities);
  return absl::OkStatus();
}

void BrierAccumulator::Merge(const BrierAccumulator& other) {
  count_ += other.count_;
  squares_.Merge(other.squares_);
}

absl::StatusOr<double> BrierAccumulator::Finish() const {
  if (count_ == 0) {
    return absl::FailedPreconditionError(
        "Brier score: 0 examples, expected at least one");
  }
  return squares_.Value() / static_cast<double>(count_);
}

absl::StatusOr<double> BrierScore(absl::Span<const double> probabilities,
                                  absl::Span<const uint8_t> labels) {
  BrierAccumulator brier;
  const absl::Status added = brier.Add(probabilities, labels);
  if (!added.ok()) return added;
  return brier.Finish();
}

}  // namespace cxr::metrics
