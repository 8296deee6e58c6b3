// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_NUMPY_RANDOM_H_
#define METRICS_INTERVAL_NUMPY_RANDOM_H_

#include <cstdint>
#include <random>

namespace cxr::metrics {

// numpy.random.RandomState(seed), bit for bit, as far as randint needs it. So
// an interval computed here equals the one a numpy script prints.
class NumpyRandomState {
 public:
  explicit NumpyRandomState(uint32_t seed) : bits_(seed) {}

  // The next value of randint(0, n): uniform in 0..n-1. Needs 1 <= n <= 2^32
  // (else the program ends). n = 1 draws no random bits, as in numpy.
  uint32_t RandInt(uint64_t n);

 private:
  std::mt19937 bits_;
};

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_NUMPY_RANDOM_H_
