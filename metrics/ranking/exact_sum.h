// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_EXACT_SUM_H_
#define METRICS_RANKING_EXACT_SUM_H_

#include <bit>
#include <cstdint>

#include "absl/numeric/int128.h"

namespace cxr::metrics {

// A sum of at most 2^32 numbers in [0, 64], in whole steps of 2^-90.
//
// A number is cut to a multiple of the step once, when it is added, which loses
// less than 1e-27 of it and nothing at all from numbers of at least 2^-37. The
// rest is integers: the sum of the same numbers is the same, bit for bit, in
// any order and however it was split and merged.
class ExactSum {
 public:
  void Add(double number) { steps_ += StepsOf(number); }
  void Merge(const ExactSum& other) { steps_ += other.steps_; }

  // The nearest double, but for an error of one unit in the last place.
  double Value() const {
    constexpr double kHighWord = 0x1p-26;  // 2^64 steps
    constexpr double kStep = 0x1p-90;
    return static_cast<double>(absl::Uint128High64(steps_)) * kHighWord +
           static_cast<double>(absl::Uint128Low64(steps_)) * kStep;
  }

 private:
  static absl::uint128 StepsOf(double number) {
    const auto bits = std::bit_cast<uint64_t>(number);
    const int exponent = static_cast<int>(bits >> 52) & 0x7FF;
    const uint64_t fraction = bits & 0xFFFFFFFFFFFFFull;
    // Below 2^-1022 nothing is left.
    if (exponent == 0) return 0;
    const absl::uint128 significand = fraction | 0x10000000000000ull;
    // number = significand * 2^(exponent - 1075)
    const int shift = exponent - 1075 + 90;
    if (shift >= 0) return significand << shift;
    return shift > -64 ? significand >> -shift : absl::uint128(0);
  }

  absl::uint128 steps_ = 0;
};

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_EXACT_SUM_H_
