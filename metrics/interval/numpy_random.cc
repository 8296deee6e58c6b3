// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/numpy_random.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "metrics/require.h"

namespace cxr::metrics {
namespace {

constexpr int kShift = 397;  // MT19937: word k + 397 goes into word k
constexpr const char* kRange = "randint takes 1 <= n <= 2^32";
constexpr uint64_t kMostChoices = uint64_t{1} << 32;

// Word k of the next state from words k, k + 1 and k + 397 of this one.
uint32_t Twist(uint32_t word, uint32_t next, uint32_t shifted) {
  const uint32_t joined = (word & 0x80000000u) | (next & 0x7fffffffu);
  return shifted ^ (joined >> 1) ^ (-(joined & 1u) & 0x9908b0dfu);
}

// numpy.random.SeedSequence(seed).generate_state(4, uint64).
class SeedSequence {
 public:
  explicit SeedSequence(uint64_t seed) {
    const uint32_t entropy[2] = {static_cast<uint32_t>(seed),
                                 static_cast<uint32_t>(seed >> 32)};
    uint32_t constant = 0x43b0d7e5u;
    for (size_t i = 0; i < pool_.size(); ++i) {
      pool_[i] = Hash(i < 2 ? entropy[i] : 0, 0x931e8875u, &constant);
    }
    for (size_t from = 0; from < pool_.size(); ++from) {
      for (size_t to = 0; to < pool_.size(); ++to) {
        if (from == to) continue;
        pool_[to] = Mix(pool_[to], Hash(pool_[from], 0x931e8875u, &constant));
      }
    }
  }

  std::array<uint64_t, 4> GenerateState() const {
    std::array<uint64_t, 4> state;
    uint32_t constant = 0x8b51f9ddu;
    for (size_t i = 0; i < 2 * state.size(); ++i) {
      const uint64_t word =
          Hash(pool_[i % pool_.size()], 0x58f38dedu, &constant);
      state[i / 2] = i % 2 == 0 ? word : state[i / 2] | word << 32;
    }
    return state;
  }

 private:
  static uint32_t Hash(uint32_t value, uint32_t factor, uint32_t* constant) {
    value ^= *constant;
    *constant *= factor;
    value *= *constant;
    return value ^ value >> 16;
  }
  static uint32_t Mix(uint32_t a, uint32_t b) {
    const uint32_t mixed = 0xca01f9ddu * a - 0x4973f715u * b;
    return mixed ^ mixed >> 16;
  }

  std::array<uint32_t, 4> pool_;
};

}  // namespace

NumpyRandomState::NumpyRandomState(uint32_t seed) {
  state_[0] = seed;
  for (uint32_t k = 1; k < kWords; ++k) {
    const uint32_t last = state_[k - 1];
    state_[k] = 1812433253u * (last ^ last >> 30) + k;
  }
}

void NumpyRandomState::Refill() {
  constexpr int kWhole = kWords - kShift;
  uint32_t* s = state_.data();
  for (int k = 0; k < kWhole; ++k) s[k] = Twist(s[k], s[k + 1], s[k + kShift]);
  for (int k = kWhole; k < kWords - 1; ++k) {
    s[k] = Twist(s[k], s[k + 1], s[k - kWhole]);
  }
  s[kWords - 1] = Twist(s[kWords - 1], s[0], s[kShift - 1]);
  for (int k = 0; k < kWords; ++k) {
    uint32_t bits = s[k];
    bits ^= bits >> 11;
    bits ^= bits << 7 & 0x9d2c5680u;
    bits ^= bits << 15 & 0xefc60000u;
    bits_[k] = bits ^ bits >> 18;
  }
  next_ = 0;
}

uint32_t NumpyRandomState::RandInt(uint64_t n) {
  Require(n >= 1 && n <= kMostChoices, kRange);
  const uint64_t largest = n - 1;
  if (largest == 0) return 0;
  const uint64_t mask = (uint64_t{1} << std::bit_width(largest)) - 1;
  uint64_t draw = NextBits() & mask;
  while (draw > largest) draw = NextBits() & mask;
  return static_cast<uint32_t>(draw);
}

int64_t NumpyRandomState::CountSome(int64_t most, uint32_t mask,
                                    absl::Span<int32_t> counts) {
  if (next_ == kWords) Refill();
  const int end = static_cast<int>(std::min<int64_t>(kWords, next_ + most));
  const uint32_t largest = static_cast<uint32_t>(counts.size() - 1);
  int32_t* const cells = counts.data();
  int32_t counted = 0;
  // A draw out of range adds nothing to some cell below: a branch would be
  // mispredicted too often.
  for (int k = next_; k < end; ++k) {
    const uint32_t draw = bits_[k] & mask;
    const int32_t beyond = draw > largest ? 1 : 0;
    cells[draw & mask >> beyond] += 1 - beyond;
    counted += 1 - beyond;
  }
  next_ = end;
  return counted;
}

void NumpyRandomState::CountDraws(int64_t draws, absl::Span<int32_t> counts) {
  if (draws == 0) return;
  Require(!counts.empty() && counts.size() <= kMostChoices, kRange);
  if (counts.size() == 1) {
    counts[0] += static_cast<int32_t>(draws);
    return;
  }
  const auto mask = static_cast<uint32_t>(
      (uint64_t{1} << std::bit_width(counts.size() - 1)) - 1);
  while (draws > 0) draws -= CountSome(draws, mask, counts);
}

void NumpyRandomState::SkipShuffle(int64_t size) {
  for (int64_t n = size; n > 1; --n) RandInt(n);
}

inline uint64_t NumpyDefaultRng::NextWord() {
  constexpr Uint128 kFactor =
      Uint128{0x2360ed051fc65da4u} << 64 | 0x4385df649fccf645u;
  state_ = state_ * kFactor + increment_;
  const auto high = static_cast<uint64_t>(state_ >> 64);
  return std::rotr(high ^ static_cast<uint64_t>(state_),
                   static_cast<int>(high >> 58));
}

NumpyDefaultRng::NumpyDefaultRng(uint64_t seed) {
  const std::array<uint64_t, 4> words = SeedSequence(seed).GenerateState();
  const auto join = [](uint64_t high, uint64_t low) {
    return Uint128{high} << 64 | low;
  };
  increment_ = join(words[2], words[3]) << 1 | 1;
  state_ = increment_ + join(words[0], words[1]);
  NextWord();
}

uint32_t NumpyDefaultRng::NextBits() {
  if (has_half_) {
    has_half_ = false;
    return half_;
  }
  const uint64_t word = NextWord();
  has_half_ = true;
  half_ = static_cast<uint32_t>(word >> 32);
  return static_cast<uint32_t>(word);
}

uint32_t NumpyDefaultRng::Integers(uint64_t n) {
  Require(n >= 1 && n <= kMostChoices, kRange);
  if (n == 1) return 0;
  uint64_t product = NextBits() * n;
  if (static_cast<uint32_t>(product) < n) {
    const uint64_t threshold = (kMostChoices - n) % n;
    while (static_cast<uint32_t>(product) < threshold) {
      product = NextBits() * n;
    }
  }
  return static_cast<uint32_t>(product >> 32);
}

void NumpyDefaultRng::CountDraws(int64_t draws, absl::Span<int32_t> counts) {
  if (draws == 0) return;
  Require(!counts.empty() && counts.size() <= kMostChoices, kRange);
  NumpyDefaultRng local = *this;  // in registers: counts may not alias it
  const uint64_t n = counts.size();
  int32_t* const cells = counts.data();
  for (int64_t left = draws; left > 0;) {
    if (left >= 2 && n > 1 && !local.has_half_) {
      const Uint128 before = local.state_;
      const uint64_t word = local.NextWord();
      const uint64_t first = static_cast<uint32_t>(word) * n;
      const uint64_t second = (word >> 32) * n;
      if (static_cast<uint32_t>(first) >= n &&
          static_cast<uint32_t>(second) >= n) {
        ++cells[first >> 32];
        ++cells[second >> 32];
        left -= 2;
        continue;
      }
      local.state_ = before;  // one may have to be drawn again
    }
    ++cells[local.Integers(n)];
    --left;
  }
  *this = local;
}

}  // namespace cxr::metrics
