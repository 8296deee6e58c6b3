// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/samples_testing.h"

#include <cstddef>
#include <cstdint>

namespace cxr::synth {
namespace {

// The value at `x`, `y` by `function`.
template <typename Function>
DicomSamples Make(int width, int height, int bits, const Function& function) {
  DicomSamples samples{.width = width, .height = height, .bits = bits};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      samples.values.push_back(static_cast<uint16_t>(function(x, y)));
    }
  }
  return samples;
}

}  // namespace

DicomSamples NoiseSamples(int width, int height, int bits) {
  uint64_t state = 1;
  return Make(width, height, bits, [&](int, int) {
    // Knuth's linear congruential generator; its highest bits are the best.
    state = state * 6364136223846793005 + 1442695040888963407;
    return state >> (64 - bits);
  });
}

std::vector<DicomSamples> TryingSamples(int bits) {
  const int top = (1 << bits) - 1;
  return {
      NoiseSamples(61, 47, bits),
      Make(40, 33, bits, [&](int x, int y) { return (x + 41 * y) * 13 & top; }),
      Make(33, 8, bits, [&](int x, int y) { return (x + y) % 2 * top; }),
      Make(7, 5, bits, [&](int, int) { return top; }),
      Make(9, 3, bits, [&](int, int) { return 0; }),
      Make(1, 1, bits, [&](int, int) { return top / 3; }),
      Make(1, 19, bits, [&](int, int y) { return y % 3 * (top / 3); }),
      Make(19, 1, bits, [&](int x, int) { return x % 3 * (top / 3); }),
  };
}

}  // namespace cxr::synth
