// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/color.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/histogram.h"
#include "cxr/data/image/level_table.h"

namespace cxr {
namespace {

constexpr float kWhite = 255.0f;

// Out of [0, 255] is cut off, and so is what comes after the point.
uint8_t Truncated(float value) {
  return static_cast<uint8_t>(std::clamp(value, 0.0f, kWhite));
}

// Between `other` and the image, or beyond: Pillow's Image.blend, in single
// precision.
GrayImage BlendFrom(int other, const GrayImage& image, float factor) {
  LevelTable table;
  for (int level = 0; level < 256; ++level) {
    table[level] = Truncated(static_cast<float>(other) +
                             factor * static_cast<float>(level - other));
  }
  return MapLevels(image, table);
}

double MeanLevel(const GrayImage& image) {
  const Histogram histogram = CountLevels(image);
  int64_t sum = 0;
  for (size_t level = 0; level < histogram.size(); ++level) {
    sum += histogram[level] * static_cast<int64_t>(level);
  }
  return static_cast<double>(sum) / static_cast<double>(image.pixels.size());
}

// level * factor + addend of every level, in single precision.
GrayImage MultiplyAdd(const GrayImage& image, float factor, float addend) {
  LevelTable table;
  for (int level = 0; level < 256; ++level) {
    table[level] = Truncated(static_cast<float>(level) * factor + addend);
  }
  return MapLevels(image, table);
}

}  // namespace

GrayImage AdjustBrightness(const GrayImage& image, double factor) {
  CXR_CHECK(factor >= 0.0) << "brightness factor " << factor;
  return BlendFrom(0, image, static_cast<float>(factor));
}

GrayImage AdjustContrast(const GrayImage& image, double factor) {
  CXR_CHECK(factor >= 0.0) << "contrast factor " << factor;
  if (image.pixels.empty()) {
    return image;
  }
  const int mean = static_cast<int>(MeanLevel(image) + 0.5);
  return BlendFrom(mean, image, static_cast<float>(factor));
}

GrayImage AlbumentationsBrightness(const GrayImage& image, double factor) {
  CXR_CHECK(factor >= 0.0) << "brightness factor " << factor;
  return MultiplyAdd(image, static_cast<float>(factor), 0.0f);
}

GrayImage AlbumentationsContrast(const GrayImage& image, double factor) {
  CXR_CHECK(factor >= 0.0) << "contrast factor " << factor;
  if (image.pixels.empty()) {
    return image;
  }
  const double mean = MeanLevel(image);
  if (factor == 0.0) {  // The only case that is rounded.
    return MultiplyAdd(image, 0.0f, static_cast<float>(mean + 0.5));
  }
  return MultiplyAdd(image, static_cast<float>(factor),
                     static_cast<float>(mean * (1.0 - factor)));
}

}  // namespace cxr
