// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/log_loss.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "metrics/ranking/probabilities.h"

namespace cxr::metrics {
namespace {

template <typename Probability>
absl::StatusOr<double> OneBatch(absl::Span<const Probability> probabilities,
                                absl::Span<const uint8_t> labels) {
  LogLossAccumulator loss;
  const absl::Status added = loss.Add(probabilities, labels);
  if (!added.ok()) return added;
  return loss.Finish();
}

}  // namespace

template <typename Probability>
absl::Status LogLossAccumulator::AddAll(
    absl::Span<const Probability> probabilities,
    absl::Span<const uint8_t> labels) {
  const absl::Status valid = CheckProbabilities(probabilities, labels);
  if (!valid.ok()) return valid;
  constexpr Probability kEpsilon = std::numeric_limits<Probability>::epsilon();
  for (size_t i = 0; i < probabilities.size(); ++i) {
    const Probability right =
        labels[i] == 1 ? probabilities[i] : 1 - probabilities[i];
    const double clipped = std::clamp(right, kEpsilon, 1 - kEpsilon);
    losses_.Add(-std::log(clipped));
  }
  count_ += std::ssize(probabilities);
  return absl::OkStatus();
}

absl::Status LogLossAccumulator::Add(absl::Span<const double> probabilities,
                                     absl::Span<const uint8_t> labels) {
  return AddAll(probabilities, labels);
}

absl::Status LogLossAccumulator::Add(absl::Span<const float> probabilities,
                                     absl::Span<const uint8_t> labels) {
  return AddAll(probabilities, labels);
}

void LogLossAccumulator::Merge(const LogLossAccumulator& other) {
  count_ += other.count_;
  losses_.Merge(other.losses_);
}

absl::StatusOr<double> LogLossAccumulator::Finish() const {
  if (count_ == 0) {
    return absl::FailedPreconditionError(
        "log loss: 0 examples, expected at least one");
  }
  return losses_.Value() / static_cast<double>(count_);
}

absl::StatusOr<double> LogLoss(absl::Span<const double> probabilities,
                               absl::Span<const uint8_t> labels) {
  return OneBatch(probabilities, labels);
}

absl::StatusOr<double> LogLoss(absl::Span<const float> probabilities,
                               absl::Span<const uint8_t> labels) {
  return OneBatch(probabilities, labels);
}

}  // namespace cxr::metrics
