// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/fast_random.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "metrics/require.h"

// Counting draws one by one would wait for memory: the cells of many examples
// fit no cache. So the draws are first shared out between halves of the range,
// again and again, until a part fits the innermost cache. How many of k draws
// fall into one of two halves of equal size is the number of ones in k random
// bits. The range is completed to a power of two for that; draws that fall into
// the completion are drawn again, which leaves the others as they should be.

namespace cxr::metrics {
namespace {

constexpr int kCacheBits = 12;            // 4096 counts of 4 bytes
constexpr int kFields = 64 / kCacheBits;  // draws from a word
constexpr const char* kRange = "randint takes 1 <= n <= 2^32";

// SplitMix64 (Steele, Lea and Flood, 2014).
uint64_t SplitMix(uint64_t* state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

// std::popcount calls a function where the instruction may be missing.
int64_t CountOnes(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return static_cast<int64_t>(bits * 0x0101010101010101u >> 56);
}

}  // namespace

FastRandom::FastRandom(uint64_t seed, uint64_t stream) {
  uint64_t number = stream;
  uint64_t mixed = seed ^ SplitMix(&number);
  for (uint64_t& word : state_) word = SplitMix(&mixed);
}

uint32_t FastRandom::RandInt(uint64_t n) {
  Require(n >= 1 && n <= uint64_t{1} << 32, kRange);
  // Lemire (2019): the high half of a product, where the low half shows that
  // the draw is not one of the few that would make some values likelier.
  uint64_t product = (NextWord() >> 32) * n;
  if (static_cast<uint32_t>(product) < n) {
    const uint64_t threshold = ((uint64_t{1} << 32) - n) % n;
    while (static_cast<uint32_t>(product) < threshold) {
      product = (NextWord() >> 32) * n;
    }
  }
  return static_cast<uint32_t>(product >> 32);
}

int64_t FastRandom::HalfOf(int64_t draws) {
  int64_t ones = 0;
  for (; draws >= 64; draws -= 64) ones += CountOnes(NextWord());
  if (draws > 0) ones += CountOnes(NextWord() >> (64 - draws));
  return ones;
}

template <bool kComplete>
int64_t FastRandom::ScatterInCache(int64_t draws, int bits,
                                   absl::Span<int32_t> cells) {
  const uint32_t mask = (uint32_t{1} << bits) - 1;
  const uint32_t largest = static_cast<uint32_t>(cells.size() - 1);
  int32_t* const counts = cells.data();
  int64_t counted = 0;
  FastRandom local = *this;  // in registers: counts may not alias it
  const auto add = [&](uint64_t field) {
    const uint32_t cell = static_cast<uint32_t>(field) & mask;
    const int32_t in_range = kComplete || cell <= largest ? 1 : 0;
    counts[kComplete ? cell : std::min(cell, largest)] += in_range;
    counted += in_range;
  };
  int64_t left = draws;
  for (; left >= kFields; left -= kFields) {
    const uint64_t word = local.NextWord();
    for (int k = 0; k < kFields; ++k) add(word >> (k * kCacheBits));
  }
  const uint64_t word = left > 0 ? local.NextWord() : 0;
  for (int k = 0; k < left; ++k) add(word >> (k * kCacheBits));
  *this = local;
  return draws - counted;
}

int64_t FastRandom::Scatter(int64_t draws, size_t begin, int bits,
                            absl::Span<int32_t> counts) {
  if (draws == 0 || begin >= counts.size()) return draws;
  if (bits <= kCacheBits) {
    const size_t size = size_t{1} << bits;
    const absl::Span<int32_t> cells = counts.subspan(begin, size);
    return cells.size() == size ? ScatterInCache<true>(draws, bits, cells)
                                : ScatterInCache<false>(draws, bits, cells);
  }
  const int64_t right = HalfOf(draws);
  const size_t middle = begin + (size_t{1} << (bits - 1));
  const int64_t beyond = Scatter(draws - right, begin, bits - 1, counts);
  return beyond + Scatter(right, middle, bits - 1, counts);
}

void FastRandom::CountDraws(int64_t draws, absl::Span<int32_t> counts) {
  if (draws == 0) return;
  Require(!counts.empty() && counts.size() <= uint64_t{1} << 32, kRange);
  const int bits = std::bit_width(counts.size() - 1);
  while (draws > 0) draws = Scatter(draws, 0, bits, counts);
}

}  // namespace cxr::metrics
