// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/rng.h"

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "cxr/base/check.h"

namespace cxr {
namespace {

constexpr uint64_t kMaxBound = uint64_t{1} << 32;

uint32_t LowHalf(uint64_t bits) { return static_cast<uint32_t>(bits); }
uint32_t HighHalf(uint64_t bits) { return static_cast<uint32_t>(bits >> 32); }

uint64_t Join(uint32_t low, uint32_t high) {
  return uint64_t{high} << 32 | low;
}

// The top 53 bits as a fraction: all that a double holds.
double Fraction(uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

uint64_t Fnv1a64(absl::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

}  // namespace

std::array<uint32_t, 4> Philox4x32(std::array<uint32_t, 4> counter,
                                   std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t{0xD2511F53} * counter[0];
    const uint64_t b = uint64_t{0xCD9E8D57} * counter[2];
    counter = {HighHalf(b) ^ counter[1] ^ key[0], LowHalf(b),
               HighHalf(a) ^ counter[3] ^ key[1], LowHalf(a)};
    key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
  }
  return counter;
}

CounterRng::CounterRng(uint64_t seed, absl::string_view purpose)
    : key_{LowHalf(seed), HighHalf(seed)} {
  const uint64_t stream = Fnv1a64(purpose);
  stream_ = {LowHalf(stream), HighHalf(stream)};
}

std::array<uint32_t, 4> CounterRng::Block(uint64_t index) const {
  return Philox4x32({LowHalf(index), HighHalf(index), stream_[0], stream_[1]},
                    key_);
}

uint64_t CounterRng::Bits(uint64_t index) const {
  const std::array<uint32_t, 4> block = Block(index);
  return Join(block[0], block[1]);
}

double CounterRng::Uniform(uint64_t index) const {
  return Fraction(Bits(index));
}

double CounterRng::Normal(uint64_t index) const {
  const std::array<uint32_t, 4> block = Block(index);
  // 1 - u lies in (0, 1], so the logarithm is finite.
  const double radius =
      std::sqrt(-2 * std::log(1 - Fraction(Join(block[0], block[1]))));
  const double turn = Fraction(Join(block[2], block[3]));
  return radius * std::cos(2 * std::numbers::pi * turn);
}

uint64_t CounterRng::Below(uint64_t index, uint64_t bound) const {
  CXR_CHECK(bound >= 1 && bound <= kMaxBound) << bound;
  // bits * bound / 2^64 in two 32-bit halves, as the product has 96 bits.
  const uint64_t bits = Bits(index);
  const uint64_t carry = LowHalf(bits) * bound >> 32;
  return (HighHalf(bits) * bound + carry) >> 32;
}

std::vector<int64_t> Permutation(const CounterRng& rng, int64_t size) {
  CXR_CHECK(size >= 0) << size;
  std::vector<int64_t> order(static_cast<size_t>(size));
  std::iota(order.begin(), order.end(), int64_t{0});
  for (size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[rng.Below(i - 1, i)]);
  }
  return order;
}

}  // namespace cxr
