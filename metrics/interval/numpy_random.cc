// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/numpy_random.h"

#include <bit>

#include "metrics/require.h"

namespace cxr::metrics {

uint32_t NumpyRandomState::RandInt(uint64_t n) {
  Require(n >= 1 && n <= (uint64_t{1} << 32), "randint takes 1 <= n <= 2^32");
  const uint64_t largest = n - 1;
  if (largest == 0) return 0;
  // numpy's legacy generator keeps the low bits of whole 32-bit draws and
  // rejects what is too large; newer generators use Lemire's method instead.
  const uint64_t mask = (uint64_t{1} << std::bit_width(largest)) - 1;
  uint64_t draw = bits_() & mask;
  while (draw > largest) draw = bits_() & mask;
  return static_cast<uint32_t>(draw);
}

}  // namespace cxr::metrics
