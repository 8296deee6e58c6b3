// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/normalize.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"

namespace cxr {
namespace {

using FloatTable = std::array<float, 256>;

FloatTable UnitTable() {
  FloatTable table;
  for (int level = 0; level < 256; ++level) {
    table[level] = static_cast<float>(level) / 255.0f;
  }
  return table;
}

void LookUp(const GrayImage& image, const FloatTable& table, float* to) {
  for (const uint8_t level : image.pixels) {
    *to++ = table[level];
  }
}

}  // namespace

std::vector<float> Normalize(const GrayImage& image,
                             absl::Span<const float> mean,
                             absl::Span<const float> deviation) {
  CXR_CHECK(mean.size() == deviation.size())
      << mean.size() << " means, " << deviation.size() << " deviations";
  std::vector<float> values(mean.size() * image.pixels.size());
  for (size_t channel = 0; channel < mean.size(); ++channel) {
    FloatTable table = UnitTable();
    for (float& value : table) {
      value = (value - mean[channel]) / deviation[channel];
    }
    LookUp(image, table, values.data() + channel * image.pixels.size());
  }
  return values;
}

std::vector<float> ScaleToUnit(const GrayImage& image) {
  std::vector<float> values(image.pixels.size());
  LookUp(image, UnitTable(), values.data());
  return values;
}

}  // namespace cxr
