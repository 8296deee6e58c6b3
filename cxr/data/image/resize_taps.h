// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_RESIZE_TAPS_H_
#define CXR_DATA_IMAGE_RESIZE_TAPS_H_

#include <cstdint>
#include <vector>

// The weights of Pillow's bicubic resizing, of one axis.

namespace cxr {

// 32 bits hold the sum of products of 8-bit pixels and weights; two bits are
// spare because weights may be negative and a partial sum may exceed one.
inline constexpr int kResizePrecisionBits = 32 - 8 - 2;
inline constexpr int32_t kResizeHalf = 1 << (kResizePrecisionBits - 1);

// The interval [begin, end) of `size` input pixels becomes `out` pixels.
struct ResizeAxis {
  int size = 0;
  float begin = 0.0f;
  float end = 0.0f;
  int out = 0;
};

// Output pixel i is the sum of `count` input pixels from first[i], which is
// even, times weights[i * count ...], which are in units of
// 2^-kResizePrecisionBits. `count` is even. Taps at and after the axis's size
// have the weight 0: they are there so that pairs of pixels can be read.
struct ResizeTaps {
  int count = 0;
  std::vector<int> first;
  std::vector<int32_t> weights;
};

ResizeTaps MakeResizeTaps(const ResizeAxis& axis);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_RESIZE_TAPS_H_
