// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/threshold_counter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "metrics/ranking/score_keys.h"
#include "metrics/require.h"

namespace cxr::metrics {

ThresholdCounter::ThresholdCounter(std::vector<double> thresholds)
    : thresholds_(std::move(thresholds)),
      negatives_(thresholds_.size() + 1),
      positives_(thresholds_.size() + 1) {}

absl::StatusOr<ThresholdCounter> ThresholdCounter::Create(
    std::vector<double> thresholds) {
  if (thresholds.empty()) {
    return absl::InvalidArgumentError(
        "thresholds: none, expected at least one");
  }
  for (size_t k = 0; k < thresholds.size(); ++k) {
    if (std::isnan(thresholds[k]) ||
        (k > 0 && !(thresholds[k] > thresholds[k - 1]))) {
      return absl::InvalidArgumentError(
          absl::StrCat("thresholds[", k, "]: ", thresholds[k],
                       ", expected a number above the one before it"));
    }
  }
  return ThresholdCounter(std::move(thresholds));
}

absl::Status ThresholdCounter::Add(absl::Span<const double> scores,
                                   absl::Span<const uint8_t> labels) {
  if (scores.empty() && labels.empty()) return absl::OkStatus();
  const auto range = CheckedKeyRange(scores, labels);
  if (!range.ok()) return range.status();
  for (size_t i = 0; i < scores.size(); ++i) {
    const size_t reached =
        std::upper_bound(thresholds_.begin(), thresholds_.end(), scores[i]) -
        thresholds_.begin();
    ++(labels[i] == 1 ? positives_ : negatives_)[reached];
  }
  return absl::OkStatus();
}

void ThresholdCounter::Merge(const ThresholdCounter& other) {
  Require(thresholds_ == other.thresholds_,
          "merged counters have the same thresholds");
  for (size_t k = 0; k < positives_.size(); ++k) {
    negatives_[k] += other.negatives_[k];
    positives_[k] += other.positives_[k];
  }
}

std::vector<Confusion> ThresholdCounter::Finish() const {
  const auto total = [](const std::vector<int64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), int64_t{0});
  };
  Confusion at = {.true_positives = total(positives_),
                  .false_positives = total(negatives_)};
  std::vector<Confusion> result;
  for (size_t k = 0; k < thresholds_.size(); ++k) {
    at.true_positives -= positives_[k];
    at.false_negatives += positives_[k];
    at.false_positives -= negatives_[k];
    at.true_negatives += negatives_[k];
    result.push_back(at);
  }
  return result;
}

}  // namespace cxr::metrics
