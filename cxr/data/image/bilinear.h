// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_BILINEAR_H_
#define CXR_DATA_IMAGE_BILINEAR_H_

#include <cstdint>
#include <cstdlib>

#include "absl/types/span.h"
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

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_BILINEAR_H_
