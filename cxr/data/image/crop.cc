// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/crop.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/image_view.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

GrayView Inside(const GrayImage& image, const PixelBox& box) {
  CXR_CHECK(0 <= box.left && 0 < box.width &&
            box.width <= image.width - box.left && 0 <= box.top &&
            0 < box.height && box.height <= image.height - box.top)
      << "box " << box.width << " x " << box.height << " at " << box.left
      << ", " << box.top << " in " << image.width << " x " << image.height;
  return {image.pixels.data() + ptrdiff_t{box.top} * image.width + box.left,
          box.width, box.height, image.width};
}

// One dimension of a central crop: `length` input pixels from `from` go to
// `to`.
struct CentralPart {
  int from = 0;
  int to = 0;
  int length = 0;
};

CentralPart FindCentralPart(int size, int cropped) {
  if (cropped > size) {
    return {.from = 0, .to = (cropped - size) / 2, .length = size};
  }
  const double margin = (size - cropped) / 2.0;  // Python rounds half to even.
  return {.from = static_cast<int>(std::nearbyint(margin)),
          .to = 0,
          .length = cropped};
}

void CopyRows(const GrayView& from, ptrdiff_t to_stride, uint8_t* to) {
  for (int y = 0; y < from.height; ++y) {
    std::memcpy(to + y * to_stride, from.Row(y), from.width);
  }
}

void ReverseCopy(const uint8_t* from, int size, uint8_t* to) {
  constexpr int kWord = 8;
  int i = 0;
  for (; i + kWord <= size; i += kWord) {
    uint64_t word = 0;
    std::memcpy(&word, from + size - kWord - i, kWord);
    word = __builtin_bswap64(word);
    std::memcpy(to + i, &word, kWord);
  }
  for (; i < size; ++i) {
    to[i] = from[size - 1 - i];
  }
}

GrayImage BlankImage(int width, int height) {
  return {width, height, std::vector<uint8_t>(size_t(width) * height)};
}

}  // namespace

GrayImage Crop(const GrayImage& image, const PixelBox& box) {
  GrayImage crop = BlankImage(box.width, box.height);
  CopyRows(Inside(image, box), crop.width, crop.pixels.data());
  return crop;
}

GrayImage CenterCrop(const GrayImage& image, int width, int height) {
  CXR_CHECK(width > 0 && height > 0) << "to " << width << " x " << height;
  const CentralPart across = FindCentralPart(image.width, width);
  const CentralPart down = FindCentralPart(image.height, height);
  GrayImage crop = BlankImage(width, height);
  CopyRows(Inside(image, {across.from, down.from, across.length, down.length}),
           width, crop.pixels.data() + ptrdiff_t{down.to} * width + across.to);
  return crop;
}

GrayImage FlipHorizontal(const GrayImage& image) {
  GrayImage flipped = BlankImage(image.width, image.height);
  const GrayView rows = ViewOf(image);
  for (int y = 0; y < image.height; ++y) {
    ReverseCopy(rows.Row(y), image.width,
                flipped.pixels.data() + y * rows.stride);
  }
  return flipped;
}

GrayImage ResizedCrop(const GrayImage& image, const PixelBox& box, int width,
                      int height) {
  return ResizeBicubic(Inside(image, box), width, height);
}

}  // namespace cxr
