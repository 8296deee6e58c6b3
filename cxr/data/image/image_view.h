// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_IMAGE_VIEW_H_
#define CXR_DATA_IMAGE_IMAGE_VIEW_H_

#include <cstddef>
#include <cstdint>

#include "cxr/data/image.h"

// A rectangle of an 8-bit gray image that somebody else holds, for operations
// that read a part without copying it.

namespace cxr {

// The pixel of column x and row y is pixels[y * stride + x].
struct GrayView {
  const uint8_t* pixels = nullptr;
  int width = 0;         // pixels
  int height = 0;        // pixels
  ptrdiff_t stride = 0;  // from one row to the next, pixels

  const uint8_t* Row(int y) const { return pixels + y * stride; }
};

inline GrayView ViewOf(const GrayImage& image) {
  return {image.pixels.data(), image.width, image.height, image.width};
}

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_IMAGE_VIEW_H_
