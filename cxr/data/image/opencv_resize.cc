// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/opencv_resize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/image_view.h"

namespace cxr {
namespace {

constexpr int kWeightBits = 11;
constexpr int kTaps = 4;

// Of one output pixel: the four input pixels from first on, of which those
// outside are replaced by the outermost.
struct CubicTaps {
  int first = 0;
  std::array<int, kTaps> weights{};  // in units of 2^-kWeightBits
};

// The cubic kernel with a = -0.75 at distances 1 + x, x, 1 - x, 2 - x, in
// OpenCV's order of operations; the last is what is missing from 1.
std::array<int, kTaps> CubicWeights(float x) {
  constexpr float kA = -0.75f;
  std::array<float, kTaps> weights;
  weights[0] = ((kA * (x + 1) - 5 * kA) * (x + 1) + 8 * kA) * (x + 1) - 4 * kA;
  weights[1] = ((kA + 2) * x - (kA + 3)) * x * x + 1;
  weights[2] = ((kA + 2) * (1 - x) - (kA + 3)) * (1 - x) * (1 - x) + 1;
  weights[3] = 1.0f - weights[0] - weights[1] - weights[2];
  std::array<int, kTaps> fixed;
  for (int i = 0; i < kTaps; ++i) {
    fixed[i] = static_cast<int>(std::lrint(weights[i] * (1 << kWeightBits)));
  }
  return fixed;
}

// Input pixels an output pixel.
double ScaleOf(int size, int out) {
  return 1.0 / (static_cast<double>(out) / size);
}

std::vector<CubicTaps> MakeTaps(int size, int out) {
  const double scale = ScaleOf(size, out);
  std::vector<CubicTaps> taps;
  for (int i = 0; i < out; ++i) {
    const float center = static_cast<float>((i + 0.5) * scale - 0.5);
    const float floor = std::floor(center);
    taps.push_back({static_cast<int>(floor) - 1, CubicWeights(center - floor)});
  }
  return taps;
}

void SumAlong(const uint8_t* row, int width, const std::vector<CubicTaps>& taps,
              float* sums) {
  for (const CubicTaps& tap : taps) {
    int sum = 0;
    if (tap.first >= 0 && tap.first + kTaps <= width) {
      for (int i = 0; i < kTaps; ++i) {
        sum += tap.weights[i] * row[tap.first + i];
      }
    } else {
      for (int i = 0; i < kTaps; ++i) {
        sum += tap.weights[i] * row[std::clamp(tap.first + i, 0, width - 1)];
      }
    }
    *sums++ = static_cast<float>(sum);  // exact
  }
}

// The sums of four rows, summed in turn. OpenCV does so in single precision
// where eight pixels are left of a row, and in fixed point at its end.
constexpr int kVectorPixels = 8;

[[gnu::target_clones("avx2", "default")]] void SumRows(
    const std::array<const float*, kTaps>& rows,
    const std::array<int, kTaps>& weights, int count, uint8_t* to) {
  constexpr float kUnit = 1.0f / (1 << (2 * kWeightBits));
  constexpr float kToInteger = 12582912.0f;  // 1.5 * 2^23: rounds to even.
  std::array<float, kTaps> scaled;
  for (int i = 0; i < kTaps; ++i) {
    scaled[i] = static_cast<float>(weights[i]) * kUnit;
  }
  for (int x = 0; x < count; ++x) {
    const float sum = rows[0][x] * scaled[0] +
                      (rows[1][x] * scaled[1] +
                       (rows[2][x] * scaled[2] + rows[3][x] * scaled[3]));
    const float rounded = (sum + kToInteger) - kToInteger;
    to[x] = static_cast<uint8_t>(
        static_cast<int>(std::clamp(rounded, 0.0f, 255.0f)));
  }
}

uint8_t FixedPointSum(const std::array<const float*, kTaps>& rows,
                      const std::array<int, kTaps>& weights, int x) {
  int sum = 1 << (2 * kWeightBits - 1);
  for (int i = 0; i < kTaps; ++i) {
    sum += weights[i] * static_cast<int>(rows[i][x]);
  }
  return static_cast<uint8_t>(std::clamp(sum >> (2 * kWeightBits), 0, 255));
}

void CheckSizes(const GrayImage& image, int width, int height) {
  CXR_CHECK(!image.pixels.empty() && width > 0 && height > 0)
      << image.width << " x " << image.height << " to " << width << " x "
      << height;
}

}  // namespace

GrayImage ResizeOpenCvCubic(const GrayImage& image, int width, int height) {
  CheckSizes(image, width, height);
  if (width == image.width && height == image.height) {
    return image;
  }
  const std::vector<CubicTaps> across = MakeTaps(image.width, width);
  const std::vector<CubicTaps> down = MakeTaps(image.height, height);
  const GrayView view = ViewOf(image);
  // The last four rows that were summed: row y is in sums[y % 4].
  std::array<std::vector<float>, kTaps> sums;
  sums.fill(std::vector<float>(width));
  std::array<int, kTaps> held;
  held.fill(-1);
  GrayImage resized{width, height,
                    std::vector<uint8_t>(size_t(width) * height)};
  const int vectors = width / kVectorPixels * kVectorPixels;
  uint8_t* to = resized.pixels.data();
  for (const CubicTaps& tap : down) {
    std::array<const float*, kTaps> rows;
    for (int i = 0; i < kTaps; ++i) {
      const int y = std::clamp(tap.first + i, 0, image.height - 1);
      if (held[y % kTaps] != y) {
        SumAlong(view.Row(y), image.width, across, sums[y % kTaps].data());
        held[y % kTaps] = y;
      }
      rows[i] = sums[y % kTaps].data();
    }
    SumRows(rows, tap.weights, vectors, to);
    for (int x = vectors; x < width; ++x) {
      to[x] = FixedPointSum(rows, tap.weights, x);
    }
    to += width;
  }
  return resized;
}

GrayImage ResizeOpenCvNearest(const GrayImage& mask, int width, int height) {
  CheckSizes(mask, width, height);
  const double x_scale = ScaleOf(mask.width, width);
  const double y_scale = ScaleOf(mask.height, height);
  std::vector<int> columns(width);
  for (int x = 0; x < width; ++x) {
    columns[x] = std::min(static_cast<int>(x * x_scale), mask.width - 1);
  }
  GrayImage resized{width, height, {}};
  resized.pixels.reserve(size_t(width) * height);
  for (int y = 0; y < height; ++y) {
    const uint8_t* row = ViewOf(mask).Row(
        std::min(static_cast<int>(y * y_scale), mask.height - 1));
    for (const int column : columns) {
      resized.pixels.push_back(row[column]);
    }
  }
  return resized;
}

}  // namespace cxr
