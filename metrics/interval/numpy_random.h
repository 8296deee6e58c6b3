// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_NUMPY_RANDOM_H_
#define METRICS_INTERVAL_NUMPY_RANDOM_H_

#include <array>
#include <cstdint>

#include "absl/types/span.h"

// The generators of numpy, bit for bit, as far as drawing integers needs them.
// So an interval computed here equals the one a numpy script prints.
//
//   NumpyRandomState(3).RandInt(2461)     RandomState(3).randint(0, 2461)
//   NumpyDefaultRng(3).Integers(2461)     default_rng(3).integers(0, 2461)
//
// `choice(n, size)` of either, with replacement, draws the same integers.
// Reference: numpy 1.26.4.
namespace cxr::metrics {

// numpy.random.RandomState(seed): MT19937, and whole 32-bit draws masked to the
// bits needed until one is small enough.
class NumpyRandomState {
 public:
  explicit NumpyRandomState(uint32_t seed);

  // The next value of randint(0, n): uniform in 0..n-1. Needs 1 <= n <= 2^32
  // (else the program ends). n = 1 draws no random bits, as in numpy.
  uint32_t RandInt(uint64_t n);

  // Adds to counts[k] how often k is among randint(0, counts.size(), draws).
  // Needs counts, unless draws is 0 (else the program ends).
  void CountDraws(int64_t draws, absl::Span<int32_t> counts);

  // Discards the random bits that shuffle() of `size` items takes.
  void SkipShuffle(int64_t size);

 private:
  static constexpr int kWords = 624;

  uint32_t NextBits() {
    if (next_ == kWords) Refill();
    return bits_[next_++];
  }
  void Refill();
  // Masks up to `most` draws that are at hand, and adds those in range to
  // counts. Returns how many were: at most `most`.
  int64_t CountSome(int64_t most, uint32_t mask, absl::Span<int32_t> counts);

  std::array<uint32_t, kWords> state_;
  std::array<uint32_t, kWords> bits_;  // of the state, tempered
  int next_ = kWords;
};

// numpy.random.default_rng(seed): SeedSequence, PCG64 (XSL-RR) and Lemire's
// multiplication of 32-bit halves, the low half of 64 random bits first.
class NumpyDefaultRng {
 public:
  explicit NumpyDefaultRng(uint64_t seed);

  // The next value of integers(0, n): uniform in 0..n-1. Needs 1 <= n <= 2^32
  // (else the program ends). n = 1 draws no random bits, as in numpy.
  uint32_t Integers(uint64_t n);

  // Adds to counts[k] how often k is among integers(0, counts.size(), draws).
  // Needs counts, unless draws is 0 (else the program ends).
  void CountDraws(int64_t draws, absl::Span<int32_t> counts);

 private:
  __extension__ using Uint128 = unsigned __int128;

  uint32_t NextBits();
  uint64_t NextWord();

  Uint128 state_;
  Uint128 increment_;
  bool has_half_ = false;
  uint32_t half_ = 0;  // the high half of the last word, not used yet
};

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_NUMPY_RANDOM_H_
