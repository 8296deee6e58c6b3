// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_RESIZE_H_
#define CXR_DATA_IMAGE_RESIZE_H_

#include "cxr/data/image.h"
#include "cxr/data/image/image_view.h"
#include "cxr/data/image/simd.h"

// Bicubic resizing equal in every bit to what Pillow 9.4 to 12 makes of an
// 8-bit gray ("L") image by Image.resize((width, height), BICUBIC): the cubic
// kernel with a = -0.5, widened by the scale when shrinking (antialiasing), a
// horizontal and then a vertical pass, each in 22-bit fixed point and rounded
// to 8 bits. Pillow 13 takes the vertical pass first where that is less work,
// which moves pixels by some levels; the published results are older than it.
//
//   const GrayImage small = ResizeBicubic(image, /*width=*/224,
//                                         /*height=*/224);

namespace cxr {

// A rectangle in pixel units, possibly fractional: 0 <= left < right <= width
// and 0 <= top < bottom <= height of the image. Single precision, as Pillow's.
struct ResizeBox {
  float left = 0.0f;
  float top = 0.0f;
  float right = 0.0f;
  float bottom = 0.0f;
};

struct ResizeOptions {
  ResizeBox box;   // What of the input is shown; pixels around it take part.
  int width = 0;   // of the result, pixels, at least 1
  int height = 0;  // of the result, pixels, at least 1
};

// `image` (H, W) resized to (height, width), both at least 1. `image` holds at
// least one pixel.
GrayImage ResizeBicubic(const GrayImage& image, int width, int height,
                        Simd simd = BestSimd());

// The same of a part of an image, as if it had been cropped first.
GrayImage ResizeBicubic(const GrayView& image, int width, int height,
                        Simd simd = BestSimd());

// The part of `image` inside options.box resized, as Pillow's
// Image.resize(..., box=...). This differs from cropping first: the kernel
// reaches over the box's edges into the image.
GrayImage ResizeBicubicBox(const GrayImage& image, const ResizeOptions& options,
                           Simd simd = BestSimd());

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_RESIZE_H_
