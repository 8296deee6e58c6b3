// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_RNG_H_
#define CXR_BASE_RNG_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

// Random numbers without state: a value is a pure function of a seed, a
// purpose in words and an index.
//
//   const CounterRng rng(seed, "blocks.0.attn.qkv.weight");
//   for (int64_t i = 0; i < n; ++i) weight[i] = 0.02 * rng.Normal(i);
//
// The order of the calls, the number of threads and what else is drawn change
// nothing. The generator is Philox4x32-10 (Salmon et al., "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011).

namespace cxr {

// The block that Philox4x32-10 gives for `counter` under `key`.
std::array<uint32_t, 4> Philox4x32(std::array<uint32_t, 4> counter,
                                   std::array<uint32_t, 2> key);

// One stream of the numbers of `seed`. Streams whose purposes differ are
// independent (purposes meet by FNV-1a 64, so with a chance of 2^-64).
class CounterRng {
 public:
  CounterRng(uint64_t seed, absl::string_view purpose);

  // 64 uniform bits.
  uint64_t Bits(uint64_t index) const;

  // Uniform in [0, 1), a multiple of 2^-53.
  double Uniform(uint64_t index) const;

  // Standard normal, by Box-Muller: never beyond 8.6 in absolute value.
  double Normal(uint64_t index) const;

  // Uniform in 0 .. bound - 1, for 1 <= bound <= 2^32; each value's chance is
  // right to within 2^-64.
  uint64_t Below(uint64_t index, uint64_t bound) const;

 private:
  std::array<uint32_t, 4> Block(uint64_t index) const;

  std::array<uint32_t, 2> key_;
  std::array<uint32_t, 2> stream_;
};

// A uniform permutation of 0 .. size - 1 (Fisher and Yates); size <= 2^32. It
// uses indices 0 .. size - 1 of `rng`.
std::vector<int64_t> Permutation(const CounterRng& rng, int64_t size);

}  // namespace cxr

#endif  // CXR_BASE_RNG_H_
