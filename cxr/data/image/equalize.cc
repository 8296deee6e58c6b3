// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/equalize.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "cxr/data/image/histogram.h"
#include "cxr/data/image/level_table.h"

namespace cxr {
namespace {

constexpr int kLevels = 256;

// OpenCV's arithmetic, kept to the last bit: counts and scale are multiplied in
// single precision and rounded half to even.
LevelTable MakeTable(const Histogram& histogram, int darkest, int64_t pixels) {
  const float scale = 255.0f / static_cast<float>(pixels - histogram[darkest]);
  LevelTable table{};
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
  int darkest = 0;
  while (histogram[darkest] == 0) {
    ++darkest;
  }
  if (histogram[darkest] == pixels) {
    return image;
  }
  const LevelTable table = MakeTable(histogram, darkest, pixels);
  return MapLevels(image, table);
}

}  // namespace cxr
