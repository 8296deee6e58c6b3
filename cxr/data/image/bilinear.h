// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_BILINEAR_H_
#define CXR_DATA_IMAGE_BILINEAR_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/types/span.h"
#include "cxr/data/image.h"
#include "cxr/data/image/image_view.h"
#include "cxr/data/image/simd.h"

// Values between pixels as OpenCV 4 computes them for 8-bit images: positions
// are multiples of 1/32 pixel, and all is exact integer arithmetic.

namespace cxr {

inline constexpr int kBilinearBits = 5;

// What lies outside an image.
enum class Border {
  kZero,
  kReflect,  // The image mirrored at its outer pixels' centres.
};

// Writes the values of `image` at the positions (x[i], y[i]), in units of
// 2^-kBilinearBits pixels, to `to`.
void InterpolateRow(const GrayView& image, absl::Span<const int32_t> x,
                    absl::Span<const int32_t> y, Border border, uint8_t* to,
                    Simd simd = BestSimd());

// Position `i` of an axis of `size` pixels, mirrored at the outer pixels'
// centres.
inline int ReflectIndex(int i, int size) {
  if (size == 1) {
    return 0;
  }
  const int period = 2 * (size - 1);
  i = std::abs(i) % period;
  return i < size ? i : period - i;
}

// The pixel at (x, y).
inline uint8_t PixelAt(const GrayView& image, int x, int y, Border border) {
  if (0 <= x && x < image.width && 0 <= y && y < image.height) {
    return image.Row(y)[x];
  }
  return border == Border::kZero
             ? uint8_t{0}
             : image.Row(
                   ReflectIndex(y, image.height))[ReflectIndex(x, image.width)];
}

// A black image of the size of `image`.
inline GrayImage BlankLike(const GrayImage& image) {
  return {image.width, image.height, std::vector<uint8_t>(image.pixels.size())};
}

// `image` with each row y taken from where positions.xs() and ys() lead after
// positions.MoveToRow(y), in units as above.
template <typename Positions>
GrayImage MoveLinear(const GrayImage& image, Positions positions,
                     Border border) {
  GrayImage moved = BlankLike(image);
  for (int y = 0; y < image.height; ++y) {
    positions.MoveToRow(y);
    InterpolateRow(ViewOf(image), positions.xs(), positions.ys(), border,
                   moved.pixels.data() + ptrdiff_t{y} * image.width);
  }
  return moved;
}

// The same by whole pixels.
template <typename Positions>
GrayImage MoveNearest(const GrayImage& image, Positions positions,
                      Border border) {
  GrayImage moved = BlankLike(image);
  const GrayView view = ViewOf(image);
  uint8_t* to = moved.pixels.data();
  for (int y = 0; y < image.height; ++y) {
    positions.MoveToRow(y);
    for (int x = 0; x < image.width; ++x) {
      *to++ = PixelAt(view, positions.xs()[x], positions.ys()[x], border);
    }
  }
  return moved;
}

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_BILINEAR_H_
