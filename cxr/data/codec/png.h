// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_PNG_H_
#define CXR_DATA_CODEC_PNG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/image/image.h"

// PNG files as gray images, and back.
//
//   CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
//   CXR_ASSIGN_OR_RETURN(const GrayImage image, DecodePngGray(bytes, path));
//
// Gray is what Pillow's Image.convert("L") gives: samples of 1, 2 and 4 bits
// are spread over 0..255, colour becomes
// (19595 R + 38470 G + 7471 B + 32768) >> 16, alpha and the transparent colour
// are dropped (not blended), and gamma, colour profiles and significant bits
// are not applied.

namespace cxr {

// Images of more pixels are refused; the largest radiographs have about 2^25.
inline constexpr int kMaxPngPixels = 1 << 27;

// The image in `bytes`, a whole PNG file of 1, 2, 4 or 8 bits a sample: gray,
// gray and alpha, palette, RGB or RGBA, interlaced or not. Errors begin with
// `name`: Unimplemented for 16 bits a sample; DataLoss for what is not a PNG,
// is cut off, is corrupt or states absurd dimensions.
absl::StatusOr<GrayImage> DecodePngGray(absl::string_view bytes,
                                        absl::string_view name);

// The bytes of an 8-bit gray PNG file that decodes to `image` exactly.
// InvalidArgument if `image` is empty or its size does not match its pixels.
absl::StatusOr<std::string> EncodePngGray(const GrayImage& image);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_PNG_H_
