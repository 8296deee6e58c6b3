// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_SORTED_KEYS_H_
#define METRICS_RANKING_SORTED_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/types/span.h"
#include "metrics/ranking/score_keys.h"
#include "metrics/ranking/sorted_classes.h"

namespace cxr::metrics {

// Calls use(negatives, positives), spans of the shortened keys of the scores of
// either class, smallest first: equal scores have equal keys. They are uint32_t
// where that holds them (always for float scores), else uint64_t.
template <typename Score, typename Word, typename Use>
auto WithSortedKeys(absl::Span<const Score> scores,
                    absl::Span<const uint8_t> labels,
                    const KeyRange<Word>& range, Use use) {
  const auto key_of = [scores, range](size_t i) {
    return range.Shorten(OrderedKey(scores[i]));
  };
  if (range.width <= 32) {
    const SortedClasses<uint32_t> keys(
        labels, {.low = 0, .width = range.width},
        [&key_of](size_t i) { return static_cast<uint32_t>(key_of(i)); });
    return use(keys.negatives(), keys.positives());
  }
  // Three passes order the 30 highest bits; where those agree, which is rare
  // unless many scores are equal, the rest is left to a comparison sort.
  const int low = range.width - 30;
  SortedClasses<uint64_t> keys(labels, {.low = low, .width = 30}, key_of);
  keys.SortAgreeing(low, std::less<uint64_t>());
  return use(keys.negatives(), keys.positives());
}

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_SORTED_KEYS_H_
