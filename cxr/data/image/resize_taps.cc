// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize_taps.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cxr {
namespace {

constexpr double kCubicSupport = 2.0;  // input pixels, at scale 1

// Keys' cubic convolution kernel with a = -0.5, in Pillow's order of
// operations. Both branches are computed, for the compiler to make vectors.
double Cubic(double x) {
  constexpr double kA = -0.5;
  x = std::abs(x);
  const double inner = ((kA + 2.0) * x - (kA + 3.0)) * x * x + 1;
  const double outer = (((x - 5) * x + 8) * x - 4) * kA;
  return x < 1.0 ? inner : (x < 2.0 ? outer : 0.0);
}

int32_t FixedPoint(double weight) {
  const double scaled = weight * (1 << kResizePrecisionBits);
  return static_cast<int32_t>(scaled + (weight < 0 ? -0.5 : 0.5));
}

// The input pixels [first, last) around `center`.
struct Reach {
  int first = 0;
  int last = 0;
};

Reach ReachOf(double center, double support, int size) {
  return {std::max(static_cast<int>(center - support + 0.5), 0),
          std::min(static_cast<int>(center + support + 0.5), size)};
}

// Writes the weights of the input pixels of `reach`; `scratch` has as many.
[[gnu::target_clones("avx2", "default")]] void FillWeights(const Reach& reach,
                                                           double center,
                                                           double inverse_scale,
                                                           double* scratch,
                                                           int32_t* weights) {
  const int count = reach.last - reach.first;
  for (int i = 0; i < count; ++i) {
    scratch[i] = Cubic((i + reach.first - center + 0.5) * inverse_scale);
  }
  double sum = 0.0;
  for (int i = 0; i < count; ++i) {
    sum += scratch[i];
  }
  const double divisor = sum == 0.0 ? 1.0 : sum;
  for (int i = 0; i < count; ++i) {
    weights[i] = FixedPoint(scratch[i] / divisor);
  }
}

}  // namespace

ResizeTaps MakeResizeTaps(const ResizeAxis& axis) {
  const double scale = static_cast<double>(axis.end - axis.begin) / axis.out;
  const double filter_scale = std::max(scale, 1.0);
  const double support = kCubicSupport * filter_scale;
  std::vector<double> centers(axis.out);
  std::vector<Reach> reaches(axis.out);
  ResizeTaps taps;
  taps.first.resize(axis.out);
  for (int i = 0; i < axis.out; ++i) {
    centers[i] = axis.begin + (i + 0.5) * scale;
    reaches[i] = ReachOf(centers[i], support, axis.size);
    taps.first[i] = reaches[i].first / 2 * 2;
    taps.count = std::max(taps.count, reaches[i].last - taps.first[i]);
  }
  taps.count += taps.count % 2;
  taps.weights.resize(size_t(axis.out) * taps.count);
  std::vector<double> scratch(taps.count);
  const int last_first = std::max((axis.size + 1) / 2 * 2 - taps.count, 0);
  for (int i = 0; i < axis.out; ++i) {
    taps.first[i] = std::min(taps.first[i], last_first);
    int32_t* const weights = taps.weights.data() + size_t(i) * taps.count;
    FillWeights(reaches[i], centers[i], 1.0 / filter_scale, scratch.data(),
                weights + (reaches[i].first - taps.first[i]));
  }
  return taps;
}

}  // namespace cxr
