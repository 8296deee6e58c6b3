// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/histogram.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace cxr {
namespace {

constexpr size_t kWordBytes = 8;

}  // namespace

// Neighbours are often equal, and a count that was just written is slow to read
// again: eight histograms take turns.
Histogram CountLevels(const GrayImage& image) {
  std::vector<std::array<int64_t, 256>> turns(kWordBytes);
  const uint8_t* const pixels = image.pixels.data();
  const size_t size = image.pixels.size();
  size_t i = 0;
  for (; i + kWordBytes <= size; i += kWordBytes) {
    uint64_t word = 0;
    std::memcpy(&word, pixels + i, kWordBytes);
    for (size_t turn = 0; turn < kWordBytes; ++turn) {
      ++turns[turn][(word >> (8 * turn)) & 0xff];
    }
  }
  for (; i < size; ++i) {
    ++turns[0][pixels[i]];
  }
  Histogram histogram{};
  for (const auto& turn : turns) {
    for (size_t level = 0; level < histogram.size(); ++level) {
      histogram[level] += turn[level];
    }
  }
  return histogram;
}

}  // namespace cxr
