// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_H_
#define CXR_DATA_IMAGE_H_

#include <cstdint>
#include <vector>

// The pixel container of the readers, an 8-bit gray image in memory, and one in
// colour for pictures that people look at.

namespace cxr {

// `pixels` holds height * width values, row-major (H, W): the pixel of column
// x and row y is pixels[y * width + x], 0 is black and 255 is white.
struct GrayImage {
  int width = 0;   // pixels
  int height = 0;  // pixels
  std::vector<uint8_t> pixels{};

  bool operator==(const GrayImage&) const = default;
};

// `pixels` holds red, green and blue of each pixel: (H, W, 3).
struct RgbImage {
  int width = 0;   // pixels
  int height = 0;  // pixels
  std::vector<uint8_t> pixels{};

  bool operator==(const RgbImage&) const = default;
};

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_H_
