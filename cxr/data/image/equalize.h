// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_EQUALIZE_H_
#define CXR_DATA_IMAGE_EQUALIZE_H_

#include "cxr/data/image.h"

namespace cxr {

// `image` with its gray levels spread evenly over 0..255, equal in every bit to
// OpenCV 4.6's equalizeHist: the darkest level becomes 0, the others their
// share of the remaining pixels times 255. An image of one level, or of no
// pixels, is returned as it is.
GrayImage EqualizeHistogram(const GrayImage& image);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_EQUALIZE_H_
