// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/equalize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace cxr {
namespace {

constexpr int kLevels = 256;

using Histogram = std::array<int64_t, kLevels>;
using Table = std::array<uint8_t, kLevels>;

Histogram CountLevels(const GrayImage& image) {
  Histogram histogram{};
  for (const uint8_t level : image.pixels) {
    ++histogram[level];
  }
  return histogram;
}

// OpenCV's arithmetic, kept to the last bit: counts and scale are multiplied in
// single precision and rounded half to even.
Table MakeTable(const Histogram& histogram, int darkest, int64_t pixels) {
  const float scale = 255.0f / static_cast<float>(pixels - histogram[darkest]);
  Table table{};
  int64_t sum = 0;
  for (int level = darkest + 1; level < kLevels; ++level) {
    sum += histogram[level];
    const long value = std::lrint(static_cast<float>(sum) * scale);
    table[level] = static_cast<uint8_t>(std::clamp(value, 0L, 255L));
  }
  return table;
}

}  // namespace

GrayImage EqualizeHistogram(const GrayImage& image) {
  if (image.pixels.empty()) {
    return image;
  }
  const Histogram histogram = CountLevels(image);
  const int64_t pixels = static_cast<int64_t>(image.pixels.size());
  const int darkest =
      *std::min_element(image.pixels.begin(), image.pixels.end());
  if (histogram[darkest] == pixels) {
    return image;
  }
  const Table table = MakeTable(histogram, darkest, pixels);
  GrayImage equalized = image;
  for (uint8_t& level : equalized.pixels) {
    level = table[level];
  }
  return equalized;
}

}  // namespace cxr
