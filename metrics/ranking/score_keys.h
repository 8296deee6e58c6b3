// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_SCORE_KEYS_H_
#define METRICS_RANKING_SCORE_KEYS_H_

#include <bit>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// Unsigned integers in the order of finite scores: a < b exactly if
// OrderedKey(a) < OrderedKey(b), and -0.0 has the key of 0.0.
inline uint32_t OrderedKey(float score) {
  const uint32_t bits = std::bit_cast<uint32_t>(score + 0.0f);
  return bits ^ ((0u - (bits >> 31)) | 0x80000000u);
}

inline uint64_t OrderedKey(double score) {
  const uint64_t bits = std::bit_cast<uint64_t>(score + 0.0);
  return bits ^ ((uint64_t{0} - (bits >> 63)) | 0x8000000000000000u);
}

// The score of a key, -0.0 being given back as 0.0.
inline float ScoreOfKey(uint32_t key) {
  return std::bit_cast<float>(key ^
                              (((key >> 31) - 1u) | uint32_t{0x80000000u}));
}

inline double ScoreOfKey(uint64_t key) {
  return std::bit_cast<double>(
      key ^ (((key >> 63) - 1u) | uint64_t{0x8000000000000000u}));
}

// What the keys of some scores have in common, so that sorting can leave it
// out: (key - least) >> low_zeros is below 2^width and has their order.
template <typename Word>
struct KeyRange {
  Word least;
  int low_zeros;
  int width;  // bits; 0 if all scores are equal

  Word Shorten(Word key) const { return (key - least) >> low_zeros; }
  Word Lengthen(Word shortened) const {
    return (shortened << low_zeros) + least;
  }
};

// Checks one column of scores and labels and measures its keys.
//
// InvalidArgument if the sizes differ, if there is no example or more than
// 2^31 - 1, if a score is NaN or infinite, if a label is not 0 or 1; the text
// names the index.
absl::StatusOr<KeyRange<uint32_t>> CheckedKeyRange(
    absl::Span<const float> scores, absl::Span<const uint8_t> labels);
absl::StatusOr<KeyRange<uint64_t>> CheckedKeyRange(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels);

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_SCORE_KEYS_H_
