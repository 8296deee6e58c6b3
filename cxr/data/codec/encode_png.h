// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_ENCODE_PNG_H_
#define CXR_DATA_CODEC_ENCODE_PNG_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/data/image.h"

// Images as PNG files. The same image gives the same bytes with the same
// versions of libpng and zlib.

namespace cxr {

// The bytes of an 8-bit PNG file that decodes to `image` exactly.
// InvalidArgument if `image` is empty or its size does not match its pixels.
absl::StatusOr<std::string> EncodePngGray(const GrayImage& image);
absl::StatusOr<std::string> EncodePngRgb(const RgbImage& image);

// The same of other kinds, from `samples` row by row: 16 bits of gray; red,
// green, blue and alpha of each pixel in 8 bits each.
absl::StatusOr<std::string> EncodePngGray16(absl::Span<const uint16_t> samples,
                                            int width, int height);
absl::StatusOr<std::string> EncodePngRgba(absl::Span<const uint8_t> samples,
                                          int width, int height);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_ENCODE_PNG_H_
