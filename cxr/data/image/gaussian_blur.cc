// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/gaussian_blur.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/bilinear.h"
#include "cxr/data/image/image_view.h"

namespace cxr {
namespace {

// Torch's sum of a vector: columns of eight, or of four for short vectors, are
// summed first; what is left over goes before the columns, or to the first.
float SumLikeTorch(const std::vector<float>& values) {
  constexpr size_t kLanes = 8;
  const size_t lanes = values.size() < kLanes ? kLanes / 2 : kLanes;
  const size_t whole = values.size() / lanes * lanes;
  std::vector<float> sums(lanes);
  for (size_t i = 0; i < whole; ++i) {
    sums[i % lanes] += values[i];
  }
  float total = lanes < kLanes ? sums[0] : 0.0f;
  for (size_t i = whole; i < values.size(); ++i) {
    total += values[i];
  }
  for (size_t lane = lanes < kLanes ? 1 : 0; lane < lanes; ++lane) {
    total += sums[lane];
  }
  return total;
}

std::vector<float> MakeKernel(int pixels, double sigma) {
  std::vector<float> kernel;
  for (int i = 0; i < pixels; ++i) {
    const float x =
        static_cast<float>(i - pixels / 2) / static_cast<float>(sigma);
    const float exponent = -0.5f * (x * x);
    kernel.push_back(static_cast<float>(std::exp(double{exponent})));
  }
  const float sum = SumLikeTorch(kernel);
  for (float& weight : kernel) {
    weight /= sum;
  }
  return kernel;
}

// The rows that a result row is made of: rows[0] is the uppermost.
using Rows = std::vector<const uint8_t*>;

// Sums over the rows, for each column: kernel[half + k] weighs the rows k above
// and below.
[[gnu::target_clones("avx2", "default")]] void SumRows(
    const Rows& rows, const std::vector<float>& kernel, int width,
    float* sums) {
  const size_t half = kernel.size() / 2;
  const uint8_t* middle = rows[half];
  for (int x = 0; x < width; ++x) {
    sums[x] = kernel[half] * static_cast<float>(middle[x]);
  }
  for (size_t k = 1; k <= half; ++k) {
    const uint8_t* above = rows[half - k];
    const uint8_t* below = rows[half + k];
    const float weight = kernel[half + k];
    for (int x = 0; x < width; ++x) {
      sums[x] += weight * static_cast<float>(above[x] + below[x]);
    }
  }
}

// Sums along a row that is padded by half a kernel on both sides.
[[gnu::target_clones("avx2", "default")]] void SumAlong(
    const float* padded, const std::vector<float>& kernel, int width,
    float* sums) {
  const size_t half = kernel.size() / 2;
  const float* middle = padded + half;
  for (int x = 0; x < width; ++x) {
    sums[x] = kernel[half] * middle[x];
  }
  for (size_t k = 1; k <= half; ++k) {
    const float* before = middle - k;
    const float* after = middle + k;
    const float weight = kernel[half + k];
    for (int x = 0; x < width; ++x) {
      sums[x] += weight * (before[x] + after[x]);
    }
  }
}

// Rounds to even. Returns whether a value is so near to the middle between two
// levels that the order of summation may decide.
constexpr int kBlock = 64;
constexpr float kNearMiddle = 1.0f / 1024;

[[gnu::target_clones("avx2", "default")]] bool RoundBlock(const float* values,
                                                          int count,
                                                          uint8_t* to) {
  constexpr float kToInteger = 8388608.0f;  // 2^23: what is above has no parts.
  int near = 0;
  for (int i = 0; i < count; ++i) {
    const float rounded = (values[i] + kToInteger) - kToInteger;
    near |= std::abs(values[i] - rounded) > 0.5f - kNearMiddle ? 1 : 0;
    to[i] = static_cast<uint8_t>(static_cast<int>(rounded));
  }
  return near != 0;
}

bool IsNearMiddle(float value) {
  return std::abs(value - std::nearbyint(value)) > 0.5f - kNearMiddle;
}

// One value in the order of torch's convolution: row by row of the kernel's
// square, each product rounded together with the sum.
float SumLikeTorchConvolution(const Rows& rows,
                              const std::vector<float>& kernel, int x,
                              int width) {
  const int half = static_cast<int>(kernel.size() / 2);
  float sum = 0.0f;
  for (size_t j = 0; j < rows.size(); ++j) {
    for (int i = -half; i <= half; ++i) {
      sum = std::fma(static_cast<float>(rows[j][ReflectIndex(x + i, width)]),
                     kernel[j] * kernel[half + i], sum);
    }
  }
  return sum;
}

void PadRow(int half, int width, float* padded) {
  for (int i = 1; i <= half; ++i) {
    padded[half - i] = padded[half + i];
    padded[half + width - 1 + i] = padded[half + width - 1 - i];
  }
}

}  // namespace

GrayImage GaussianBlur(const GrayImage& image, int kernel_pixels,
                       double sigma) {
  const int half = kernel_pixels / 2;
  CXR_CHECK(kernel_pixels % 2 == 1 && kernel_pixels > 0 && sigma > 0.0)
      << "kernel of " << kernel_pixels << " pixels, sigma " << sigma;
  CXR_CHECK(image.width > half && image.height > half)
      << image.width << " x " << image.height << ", kernel of " << kernel_pixels
      << " pixels";
  const std::vector<float> kernel = MakeKernel(kernel_pixels, sigma);
  const GrayView view = ViewOf(image);
  GrayImage blurred{image.width, image.height,
                    std::vector<uint8_t>(image.pixels.size())};
  std::vector<float> padded(image.width + 2 * half);
  std::vector<float> sums(image.width);
  Rows rows(kernel_pixels);
  for (int y = 0; y < image.height; ++y) {
    for (int i = 0; i < kernel_pixels; ++i) {
      rows[i] = view.Row(ReflectIndex(y + i - half, image.height));
    }
    SumRows(rows, kernel, image.width, padded.data() + half);
    PadRow(half, image.width, padded.data());
    SumAlong(padded.data(), kernel, image.width, sums.data());
    uint8_t* const to = blurred.pixels.data() + y * view.stride;
    for (int left = 0; left < image.width; left += kBlock) {
      const int right = std::min(left + kBlock, image.width);
      if (!RoundBlock(sums.data() + left, right - left, to + left)) {
        continue;
      }
      for (int x = left; x < right; ++x) {
        if (IsNearMiddle(sums[x])) {
          to[x] = static_cast<uint8_t>(std::nearbyint(
              SumLikeTorchConvolution(rows, kernel, x, image.width)));
        }
      }
    }
  }
  return blurred;
}

}  // namespace cxr
