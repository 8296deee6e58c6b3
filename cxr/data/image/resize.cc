// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"

namespace cxr {
namespace {

// 32 bits hold the sum of products of 8-bit pixels and weights; two bits are
// spare because weights may be negative and a partial sum may exceed one.
constexpr int kPrecisionBits = 32 - 8 - 2;
constexpr int32_t kHalf = 1 << (kPrecisionBits - 1);

constexpr double kCubicSupport = 2.0;  // input pixels, at scale 1

// Keys' cubic convolution kernel with a = -0.5, in Pillow's order of
// operations.
double Cubic(double x) {
  constexpr double kA = -0.5;
  x = std::abs(x);
  if (x < 1.0) {
    return ((kA + 2.0) * x - (kA + 3.0)) * x * x + 1;
  }
  if (x < 2.0) {
    return (((x - 5) * x + 8) * x - 4) * kA;
  }
  return 0.0;
}

// One axis: the interval [begin, end) of `size` input pixels becomes `out`.
struct Axis {
  int size = 0;
  float begin = 0.0f;
  float end = 0.0f;
  int out = 0;

  bool IsIdentity() const {
    return out == size && begin == 0.0f && end == static_cast<float>(size);
  }
};

// The input pixels [first, first + weights.size()) of one output pixel.
struct Taps {
  int first = 0;
  std::vector<int32_t> weights;  // fixed point, kPrecisionBits
};

int32_t FixedPoint(double weight) {
  const double scaled = weight * (1 << kPrecisionBits);
  return static_cast<int32_t>(weight < 0 ? scaled - 0.5 : scaled + 0.5);
}

std::vector<Taps> MakeTaps(const Axis& axis) {
  const double scale = static_cast<double>(axis.end - axis.begin) / axis.out;
  const double filter_scale = std::max(scale, 1.0);
  const double support = kCubicSupport * filter_scale;
  const double inverse = 1.0 / filter_scale;
  std::vector<Taps> all(axis.out);
  std::vector<double> weights;
  for (int i = 0; i < axis.out; ++i) {
    const double center = axis.begin + (i + 0.5) * scale;
    const int first = std::max(static_cast<int>(center - support + 0.5), 0);
    const int last =
        std::min(static_cast<int>(center + support + 0.5), axis.size);
    weights.assign(last - first, 0.0);
    double sum = 0.0;
    for (int x = first; x < last; ++x) {
      weights[x - first] = Cubic((x - center + 0.5) * inverse);
      sum += weights[x - first];
    }
    all[i].first = first;
    for (const double weight : weights) {
      all[i].weights.push_back(FixedPoint(sum == 0.0 ? weight : weight / sum));
    }
  }
  return all;
}

uint8_t ClipToByte(int32_t fixed) {
  return static_cast<uint8_t>(std::clamp(fixed >> kPrecisionBits, 0, 255));
}

GrayImage ResizeRows(const GrayImage& image, const Axis& axis) {
  const std::vector<Taps> taps = MakeTaps(axis);
  GrayImage out{axis.out, image.height,
                std::vector<uint8_t>(size_t(axis.out) * image.height)};
  for (int y = 0; y < image.height; ++y) {
    const uint8_t* row = image.pixels.data() + size_t(y) * image.width;
    uint8_t* to = out.pixels.data() + size_t(y) * axis.out;
    for (const Taps& tap : taps) {
      int32_t sum = kHalf;
      const uint8_t* from = row + tap.first;
      for (const int32_t weight : tap.weights) {
        sum += weight * *from++;
      }
      *to++ = ClipToByte(sum);
    }
  }
  return out;
}

// Whole rows are summed, rather than one column after another, because memory
// is then read in order. Integer sums do not depend on the order.
GrayImage ResizeColumns(const GrayImage& image, const Axis& axis) {
  const std::vector<Taps> taps = MakeTaps(axis);
  GrayImage out{image.width, axis.out,
                std::vector<uint8_t>(size_t(image.width) * axis.out)};
  std::vector<int32_t> sums(image.width);
  for (int y = 0; y < axis.out; ++y) {
    std::fill(sums.begin(), sums.end(), kHalf);
    const uint8_t* row =
        image.pixels.data() + size_t(taps[y].first) * image.width;
    for (const int32_t weight : taps[y].weights) {
      for (int x = 0; x < image.width; ++x) {
        sums[x] += weight * row[x];
      }
      row += image.width;
    }
    std::transform(sums.begin(), sums.end(),
                   out.pixels.begin() + ptrdiff_t{y} * image.width, ClipToByte);
  }
  return out;
}

}  // namespace

GrayImage ResizeBicubicBox(const GrayImage& image,
                           const ResizeOptions& options) {
  const ResizeBox& box = options.box;
  CXR_CHECK(image.width > 0 && image.height > 0 &&
            image.pixels.size() == size_t(image.width) * image.height)
      << image.width << " x " << image.height << ", " << image.pixels.size()
      << " pixels";
  CXR_CHECK(options.width > 0 && options.height > 0)
      << "to " << options.width << " x " << options.height;
  CXR_CHECK(0.0f <= box.left && box.left < box.right &&
            box.right <= static_cast<float>(image.width) && 0.0f <= box.top &&
            box.top < box.bottom &&
            box.bottom <= static_cast<float>(image.height))
      << "box " << box.left << ", " << box.top << ", " << box.right << ", "
      << box.bottom << " in " << image.width << " x " << image.height;
  const Axis across{image.width, box.left, box.right, options.width};
  const Axis down{image.height, box.top, box.bottom, options.height};
  // A pass that changes nothing is left out, as Pillow does.
  GrayImage result = across.IsIdentity() ? image : ResizeRows(image, across);
  return down.IsIdentity() ? result : ResizeColumns(result, down);
}

GrayImage ResizeBicubic(const GrayImage& image, int width, int height) {
  const ResizeBox whole{.right = static_cast<float>(image.width),
                        .bottom = static_cast<float>(image.height)};
  return ResizeBicubicBox(image,
                          {.box = whole, .width = width, .height = height});
}

}  // namespace cxr
