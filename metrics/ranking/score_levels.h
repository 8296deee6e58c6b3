// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_SCORE_LEVELS_H_
#define METRICS_RANKING_SCORE_LEVELS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "metrics/ranking/score_keys.h"

namespace cxr::metrics {

// The examples that share one score, of which Word is the OrderedKey.
template <typename Word>
struct ScoreLevel {
  Word key = 0;
  std::array<uint32_t, 2> counts = {0, 0};  // of label 0, of label 1

  int64_t negatives() const { return counts[0]; }
  int64_t positives() const { return counts[1]; }
  bool empty() const { return counts[0] + counts[1] == 0; }
};

// The distinct scores, smallest first, without sorting the examples. These are
// as CheckedKeyRange demands.
//
// Nothing if there are too many for this to be faster than sorting: more than
// 16,384, or more than a sixteenth of the examples (a thirty-second between
// powers of two). Little time is lost then, unless most of them come late.
template <typename Score, typename Word = decltype(OrderedKey(Score{}))>
std::optional<std::vector<ScoreLevel<Word>>> CountLevels(
    absl::Span<const Score> scores, absl::Span<const uint8_t> labels) {
  constexpr int kMaxTableBits = 16;
  const int table_bits = std::min<int>(
      static_cast<int>(std::bit_width(scores.size() / 8)), kMaxTableBits);
  if (table_bits == 0) return std::nullopt;
  // Open addressing, at most a quarter full: a lookup rarely needs two steps.
  std::vector<ScoreLevel<Word>> table(size_t{1} << table_bits);
  size_t levels_left = table.size() / 4;
  // Keys that crowd in the table would make the search quadratic.
  size_t steps_left = scores.size();
  for (size_t i = 0; i < scores.size(); ++i) {
    const Word key = OrderedKey(scores[i]);
    // Multiplicative hashing: 2^64 over the golden ratio.
    size_t place = (uint64_t{key} * 0x9E3779B97F4A7C15u) >> (64 - table_bits);
    while (table[place].key != key) {
      if (table[place].empty()) {
        if (levels_left-- == 0) return std::nullopt;
        table[place].key = key;
        break;
      }
      if (steps_left-- == 0) return std::nullopt;
      place = (place + 1) % table.size();
    }
    ++table[place].counts[labels[i]];
  }
  std::erase_if(table, [](const auto& level) { return level.empty(); });
  std::sort(table.begin(), table.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return table;
}

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_SCORE_LEVELS_H_
