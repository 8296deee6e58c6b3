// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_RESIZE_AVX2_H_
#define CXR_DATA_IMAGE_RESIZE_AVX2_H_

#include <cstdint>

#include "cxr/data/image/image_view.h"
#include "cxr/data/image/resize_taps.h"

namespace cxr {

// Both passes of a resize with AVX2, which the processor must have: `image` is
// reduced by `across` and then by `down`, each rounded to 8 bits, and written
// to `to`, (down outputs, across outputs).
void ResizeAvx2(const GrayView& image, const ResizeTaps& across,
                const ResizeTaps& down, uint8_t* to);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_RESIZE_AVX2_H_
