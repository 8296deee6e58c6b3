// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_OPENCV_RESIZE_H_
#define CXR_DATA_IMAGE_OPENCV_RESIZE_H_

#include "cxr/data/image.h"

// Resizing as OpenCV does it, which the released segmentation code uses:
// without antialiasing and, for images, with the cubic kernel of a = -0.75.
// Equal in every bit to OpenCV 4.6 to 5.0 in its own code; where it hands cubic
// resizing to Intel's IPP, 2 % of the pixels differ by one level.
// An image of three channels ends its fast rows elsewhere, which moves one in a
// million pixels, in the last columns, by one level.

namespace cxr {

// `image` resized to (height, width), as cv2.resize with INTER_CUBIC.
GrayImage ResizeOpenCvCubic(const GrayImage& image, int width, int height);

// `mask` resized to (height, width), as cv2.resize with INTER_NEAREST.
GrayImage ResizeOpenCvNearest(const GrayImage& mask, int width, int height);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_OPENCV_RESIZE_H_
