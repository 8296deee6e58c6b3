// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_GRAY_H_
#define CXR_DATA_CODEC_GRAY_H_

#include <cstdint>

#include "absl/types/span.h"

// Colour as gray, equal in every bit to Pillow's Image.convert("L").

namespace cxr {

// Fills `gray` from as many pixels of `channels` samples in a row: 1 (gray),
// 2 (gray, alpha), 3 (RGB) or 4 (RGBA). Gray samples are kept, colour becomes
// (19595 R + 38470 G + 7471 B + 32768) >> 16, alpha is dropped, not blended.
void FillGray(absl::Span<const uint8_t> samples, int channels,
              absl::Span<uint8_t> gray);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_GRAY_H_
