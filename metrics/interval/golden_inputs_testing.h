// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_GOLDEN_INPUTS_TESTING_H_
#define METRICS_INTERVAL_GOLDEN_INPUTS_TESTING_H_

#include <cmath>
#include <cstdint>
#include <vector>

// Random inputs that testdata/make_inference_golden.py draws too, so that
// golden files need to hold results only.
namespace cxr::metrics {

class GoldenInputs {
 public:
  explicit GoldenInputs(uint64_t seed) : state_(seed) {}

  // SplitMix64 (Steele, Lea and Flood, 2014).
  uint64_t Word() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }

  // In [0, 1), a multiple of 2^-53.
  double Uniform() {
    return std::ldexp(static_cast<double>(Word() >> 11), -53);
  }

  // low..high, both included.
  int64_t Integer(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Word() % (high - low + 1));
  }

  // Integers as numbers.
  std::vector<double> Integers(int64_t count, int64_t low, int64_t high) {
    std::vector<double> numbers;
    for (int64_t i = 0; i < count; ++i) {
      numbers.push_back(static_cast<double>(Integer(low, high)));
    }
    return numbers;
  }

 private:
  uint64_t state_;
};

// |value - expected| in units of the larger of |expected| and `scale`: an
// absolute error for values below `scale`. 0 if both are NaN or equal.
inline double GoldenError(double value, double expected, double scale) {
  if (value == expected) return 0.0;
  if (std::isnan(value) && std::isnan(expected)) return 0.0;
  return std::abs(value - expected) / std::fmax(std::abs(expected), scale);
}

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_GOLDEN_INPUTS_TESTING_H_
