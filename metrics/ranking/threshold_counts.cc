// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/threshold_counts.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "metrics/ranking/score_keys.h"
#include "metrics/ranking/score_levels.h"
#include "metrics/ranking/sorted_keys.h"

namespace cxr::metrics {
namespace {

// Walks keys, smallest first, from their end. Score is that of a key.
template <typename Key, typename ScoreOf>
std::vector<ThresholdCounts::Row> Walk(absl::Span<const Key> negatives,
                                       absl::Span<const Key> positives,
                                       ScoreOf score_of) {
  std::vector<ThresholdCounts::Row> rows;
  size_t negative = negatives.size();
  size_t positive = positives.size();
  while (negative > 0 || positive > 0) {
    const Key key = std::max(negative > 0 ? negatives[negative - 1] : Key{0},
                             positive > 0 ? positives[positive - 1] : Key{0});
    while (negative > 0 && negatives[negative - 1] == key) --negative;
    while (positive > 0 && positives[positive - 1] == key) --positive;
    rows.push_back(
        {.threshold = score_of(key),
         .true_positives = static_cast<int64_t>(positives.size() - positive),
         .false_positives = static_cast<int64_t>(negatives.size() - negative)});
  }
  return rows;
}

template <typename Word>
ThresholdCounts CumulateLevels(const std::vector<ScoreLevel<Word>>& levels) {
  ThresholdCounts counts;
  counts.rows.reserve(levels.size());
  for (size_t i = levels.size(); i-- > 0;) {
    counts.positives += levels[i].positives();
    counts.negatives += levels[i].negatives();
    counts.rows.push_back({.threshold = ScoreOfKey(levels[i].key),
                           .true_positives = counts.positives,
                           .false_positives = counts.negatives});
  }
  return counts;
}

template <typename Score, typename Word>
ThresholdCounts CountInRange(absl::Span<const Score> scores,
                             absl::Span<const uint8_t> labels,
                             const KeyRange<Word>& range) {
  return WithSortedKeys(
      scores, labels, range, [&range](auto negatives, auto positives) {
        const auto score_of = [&range](auto key) -> double {
          return ScoreOfKey(range.Lengthen(static_cast<Word>(key)));
        };
        return ThresholdCounts{.rows = Walk(negatives, positives, score_of),
                               .positives = std::ssize(positives),
                               .negatives = std::ssize(negatives)};
      });
}

template <typename Score>
absl::StatusOr<ThresholdCounts> Count(absl::Span<const Score> scores,
                                      absl::Span<const uint8_t> labels) {
  const auto range = CheckedKeyRange(scores, labels);
  if (!range.ok()) return range.status();
  if (const auto levels = CountLevels(scores, labels)) {
    return CumulateLevels(*levels);
  }
  return CountInRange(scores, labels, *range);
}

}  // namespace

absl::StatusOr<ThresholdCounts> CountAtThresholds(
    absl::Span<const float> scores, absl::Span<const uint8_t> labels) {
  return Count(scores, labels);
}

absl::StatusOr<ThresholdCounts> CountAtThresholds(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels) {
  return Count(scores, labels);
}

double Auroc(const ThresholdCounts& counts) {
  if (counts.positives == 0 || counts.negatives == 0) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  int64_t twice_area = 0;  // in (positive, negative) pairs
  int64_t true_positives = 0;
  int64_t false_positives = 0;
  for (const ThresholdCounts::Row& row : counts.rows) {
    twice_area += (row.false_positives - false_positives) *
                  (row.true_positives + true_positives);
    true_positives = row.true_positives;
    false_positives = row.false_positives;
  }
  return static_cast<double>(twice_area) /
         (2.0 * static_cast<double>(counts.positives * counts.negatives));
}

double AveragePrecision(const ThresholdCounts& counts) {
  if (counts.positives == 0) return 0.0;
  double sum = 0.0;
  int64_t true_positives = 0;
  for (const ThresholdCounts::Row& row : counts.rows) {
    const int64_t step = row.true_positives - true_positives;
    true_positives = row.true_positives;
    if (step == 0) continue;
    sum += static_cast<double>(step) *
           (static_cast<double>(true_positives) /
            static_cast<double>(true_positives + row.false_positives));
  }
  return sum / static_cast<double>(counts.positives);
}

}  // namespace cxr::metrics
