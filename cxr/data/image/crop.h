// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_CROP_H_
#define CXR_DATA_IMAGE_CROP_H_

#include "cxr/data/image.h"

// Parts and mirror images of gray images, equal in every bit to what
// torchvision makes of PIL images.
//
//   const GrayImage local = ResizedCrop(
//       image, {.left = 10, .top = 20, .width = 300, .height = 280}, 98, 98);

namespace cxr {

struct PixelBox {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

// What of `image` lies inside `box`, which lies inside the image.
GrayImage Crop(const GrayImage& image, const PixelBox& box);

// The central (height, width) of `image`, as torchvision's CenterCrop: a
// dimension that is too small is filled up with 0 on both sides, with the odd
// pixel on the right and at the bottom; a margin of half a pixel is rounded to
// even.
GrayImage CenterCrop(const GrayImage& image, int width, int height);

// `image` with left and right swapped.
GrayImage FlipHorizontal(const GrayImage& image);

// The part of `image` inside `box` resized to (height, width): torchvision's
// resized_crop with bicubic interpolation. The kernel stops at the box's edges,
// unlike that of ResizeBicubicBox.
GrayImage ResizedCrop(const GrayImage& image, const PixelBox& box, int width,
                      int height);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_CROP_H_
