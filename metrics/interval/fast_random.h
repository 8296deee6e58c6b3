// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_FAST_RANDOM_H_
#define METRICS_INTERVAL_FAST_RANDOM_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"

namespace cxr::metrics {

// A fast generator with a stream for each number: stream t of a seed does not
// depend on what was drawn from others, so resamples may be drawn in any order.
//
// xoshiro256++ (Blackman and Vigna, 2021), each stream started by SplitMix64
// from a hash of seed and number. Draws follow exactly the distributions named.
class FastRandom {
 public:
  FastRandom(uint64_t seed, uint64_t stream);

  uint64_t NextWord() {
    const uint64_t word = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return word;
  }

  // Uniform in 0..n-1. Needs 1 <= n <= 2^32 (else the program ends).
  uint32_t RandInt(uint64_t n);

  // Adds `draws` draws with replacement from 0..counts.size()-1 to counts:
  // multinomial, all cells alike. Needs counts, unless draws is 0 (else the
  // program ends).
  void CountDraws(int64_t draws, absl::Span<int32_t> counts);

 private:
  // Draws from the 2^bits cells from `begin` on. Returns how many fell beyond
  // the end of counts.
  int64_t Scatter(int64_t draws, size_t begin, int bits,
                  absl::Span<int32_t> counts);
  template <bool kComplete>
  int64_t ScatterInCache(int64_t draws, int bits, absl::Span<int32_t> cells);
  // Binomial(draws, 1/2).
  int64_t HalfOf(int64_t draws);

  std::array<uint64_t, 4> state_;
};

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_FAST_RANDOM_H_
