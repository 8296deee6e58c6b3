// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/score_histogram.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "metrics/ranking/score_keys.h"

namespace cxr::metrics {

absl::Status ScoreHistogram::AddAt(uint64_t key, Count count) {
  const auto found = counts_.find(key);
  if (found != counts_.end()) {
    found->second.negatives += count.negatives;
    found->second.positives += count.positives;
    return absl::OkStatus();
  }
  if (distinct_scores() == most_distinct_scores_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("score ", ScoreOfKey(key),
                     ": one more distinct score, expected at "
                     "most ",
                     most_distinct_scores_));
  }
  counts_[key] = count;
  return absl::OkStatus();
}

absl::Status ScoreHistogram::Add(absl::Span<const double> scores,
                                 absl::Span<const uint8_t> labels) {
  if (scores.empty() && labels.empty()) return absl::OkStatus();
  const auto range = CheckedKeyRange(scores, labels);
  if (!range.ok()) return range.status();
  for (size_t i = 0; i < scores.size(); ++i) {
    const Count count = {.negatives = 1 - labels[i], .positives = labels[i]};
    const absl::Status added = AddAt(OrderedKey(scores[i]), count);
    if (!added.ok()) {
      return absl::ResourceExhaustedError(
          absl::StrCat("scores[", i, "]: ", added.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status ScoreHistogram::Merge(const ScoreHistogram& other) {
  for (const auto& [key, count] : other.counts_) {
    const absl::Status added = AddAt(key, count);
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::StatusOr<ThresholdCounts> ScoreHistogram::Finish() const {
  if (counts_.empty()) {
    return absl::FailedPreconditionError(
        "score histogram: 0 examples, expected at least one");
  }
  std::vector<uint64_t> keys;
  for (const auto& [key, count] : counts_) keys.push_back(key);
  std::sort(keys.begin(), keys.end(), std::greater<uint64_t>());
  ThresholdCounts result;
  for (const uint64_t key : keys) {
    const Count& count = counts_.at(key);
    result.positives += count.positives;
    result.negatives += count.negatives;
    result.rows.push_back({.threshold = ScoreOfKey(key),
                           .true_positives = result.positives,
                           .false_positives = result.negatives});
  }
  const int64_t examples = result.positives + result.negatives;
  if (examples > std::numeric_limits<int32_t>::max()) {
    return absl::OutOfRangeError(absl::StrCat(
        "score histogram: ", examples, " examples, expected at most ",
        std::numeric_limits<int32_t>::max()));
  }
  return result;
}

}  // namespace cxr::metrics
