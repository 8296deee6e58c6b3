// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/resize_avx2.h"
#include "cxr/data/image/resize_taps.h"

namespace cxr {
namespace {

uint8_t ClipToByte(int32_t fixed) {
  return static_cast<uint8_t>(
      std::clamp(fixed >> kResizePrecisionBits, 0, 255));
}

GrayImage BlankImage(int width, int height) {
  return {width, height, std::vector<uint8_t>(size_t(width) * height)};
}

GrayImage ResizeRows(const GrayView& image, const ResizeTaps& taps) {
  const int width = static_cast<int>(taps.first.size());
  GrayImage out = BlankImage(width, image.height);
  uint8_t* to = out.pixels.data();
  for (int y = 0; y < image.height; ++y) {
    const int32_t* weights = taps.weights.data();
    for (const int first : taps.first) {
      const int count = std::min(taps.count, image.width - first);
      int32_t sum = kResizeHalf;
      for (int i = 0; i < count; ++i) {
        sum += weights[i] * image.Row(y)[first + i];
      }
      weights += taps.count;
      *to++ = ClipToByte(sum);
    }
  }
  return out;
}

// Whole rows are summed, rather than one column after another, because memory
// is then read in order. Integer sums do not depend on the order.
GrayImage ResizeColumns(const GrayView& image, const ResizeTaps& taps) {
  const int height = static_cast<int>(taps.first.size());
  GrayImage out = BlankImage(image.width, height);
  std::vector<int32_t> sums(image.width);
  const int32_t* weights = taps.weights.data();
  for (int y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), kResizeHalf);
    const int count = std::min(taps.count, image.height - taps.first[y]);
    for (int i = 0; i < count; ++i) {
      const uint8_t* row = image.Row(taps.first[y] + i);
      for (int x = 0; x < image.width; ++x) {
        sums[x] += weights[i] * row[x];
      }
    }
    weights += taps.count;
    std::transform(sums.begin(), sums.end(),
                   out.pixels.begin() + ptrdiff_t{y} * image.width, ClipToByte);
  }
  return out;
}

GrayImage CopyOf(const GrayView& image) {
  GrayImage copy{image.width, image.height, {}};
  copy.pixels.reserve(size_t(image.width) * image.height);
  for (int y = 0; y < image.height; ++y) {
    copy.pixels.insert(copy.pixels.end(), image.Row(y),
                       image.Row(y) + image.width);
  }
  return copy;
}

bool IsWhole(const ResizeAxis& axis) {
  return axis.out == axis.size && axis.begin == 0.0f &&
         axis.end == static_cast<float>(axis.size);
}

GrayImage Resize(const GrayView& image, const ResizeOptions& options,
                 Simd simd) {
  CXR_CHECK(image.width > 0 && image.height > 0)
      << image.width << " x " << image.height;
  CXR_CHECK(options.width > 0 && options.height > 0)
      << "to " << options.width << " x " << options.height;
  const ResizeAxis x_axis{image.width, options.box.left, options.box.right,
                          options.width};
  const ResizeAxis y_axis{image.height, options.box.top, options.box.bottom,
                          options.height};
  if (IsWhole(x_axis) && IsWhole(y_axis)) {
    return CopyOf(image);
  }
  // Pillow leaves out the pass of an axis that stays as it is. Here it has one
  // tap of weight 1 for each pixel, which gives the same.
  const ResizeTaps across = MakeResizeTaps(x_axis);
  const ResizeTaps down = MakeResizeTaps(y_axis);
  if (simd == Simd::kAvx2) {
    GrayImage out = BlankImage(options.width, options.height);
    ResizeAvx2(image, across, down, out.pixels.data());
    return out;
  }
  return ResizeColumns(ViewOf(ResizeRows(image, across)), down);
}

}  // namespace

GrayImage ResizeBicubicBox(const GrayImage& image, const ResizeOptions& options,
                           Simd simd) {
  CXR_CHECK(!image.pixels.empty() &&
            image.pixels.size() == size_t(image.width) * image.height)
      << image.width << " x " << image.height << ", " << image.pixels.size()
      << " pixels";
  const ResizeBox& box = options.box;
  CXR_CHECK(0.0f <= box.left && box.left < box.right &&
            box.right <= static_cast<float>(image.width) && 0.0f <= box.top &&
            box.top < box.bottom &&
            box.bottom <= static_cast<float>(image.height))
      << "box " << box.left << ", " << box.top << ", " << box.right << ", "
      << box.bottom << " in " << image.width << " x " << image.height;
  return Resize(ViewOf(image), options, simd);
}

GrayImage ResizeBicubic(const GrayView& image, int width, int height,
                        Simd simd) {
  const ResizeBox whole{.right = static_cast<float>(image.width),
                        .bottom = static_cast<float>(image.height)};
  return Resize(image, {.box = whole, .width = width, .height = height}, simd);
}

GrayImage ResizeBicubic(const GrayImage& image, int width, int height,
                        Simd simd) {
  return ResizeBicubic(ViewOf(image), width, height, simd);
}

}  // namespace cxr
