// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/normal_sum.h"

#include <algorithm>
#include <array>

#include "cxr/synth/random/exact_math.h"

namespace cxr::synth {
namespace {

// How many of the 2^32 sets of four bytes have each sum.
std::array<double, kByteSums> WaysToSum() {
  std::array<double, kByteSums> ways = {1.0};
  for (int byte = 0; byte < 4; ++byte) {
    std::array<double, kByteSums> next = {};
    for (int sum = 0; sum < kByteSums; ++sum) {
      for (int last = 0; last <= std::min(sum, 255); ++last) {
        next[sum] += ways[sum - last];
      }
    }
    ways = next;
  }
  return ways;
}

// Goes up the normal distribution, slice by slice.
class Quantiles {
 public:
  // Where the probability of less is `probability`, which is above that of the
  // call before.
  double At(double probability) {
    while (below_ + Slice() < probability) {
      below_ += Slice();
      place_ += kWidth;
    }
    return place_ + kWidth * (probability - below_) / Slice();
  }

 private:
  static constexpr double kWidth = 1.0 / 512.0;

  double Slice() const {
    constexpr double kRootOfTwoPi = 2.5066282746310002;
    const double middle = place_ + 0.5 * kWidth;
    return kWidth * Exp(-0.5 * middle * middle) / kRootOfTwoPi;
  }

  // Below -9 lies 1e-19, a billionth of what the least sum has.
  double place_ = -9.0;
  double below_ = 0.0;
};

std::array<float, kByteSums> MakeTable() {
  const std::array<double, kByteSums> ways = WaysToSum();
  std::array<float, kByteSums> table = {};
  Quantiles quantiles;
  double less = 0.0;
  for (int sum = 0; sum < kByteSums / 2; ++sum) {
    const double value = quantiles.At((less + 0.5 * ways[sum]) / 0x1p32);
    less += ways[sum];
    table[sum] = static_cast<float>(value);
    table[kByteSums - 1 - sum] = static_cast<float>(-value);
  }
  return table;
}

}  // namespace

const std::array<float, kByteSums>& NormalOfByteSum() {
  static const std::array<float, kByteSums> kTable = MakeTable();
  return kTable;
}

}  // namespace cxr::synth
