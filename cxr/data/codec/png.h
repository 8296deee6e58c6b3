// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_PNG_H_
#define CXR_DATA_CODEC_PNG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"

// PNG files as gray images; encode_png.h is the way back.
//
//   CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
//   CXR_ASSIGN_OR_RETURN(const DecodedImage decoded,
//                        DecodePng(bytes, path, SixteenBitRule::kMinMax));
//
// Gray is what Pillow's Image.convert("L") gives: samples of 1, 2 and 4 bits
// are spread over 0..255, colour becomes
// (19595 R + 38470 G + 7471 B + 32768) >> 16, alpha and the transparent colour
// are dropped (not blended), and gamma, colour profiles and significant bits
// are not applied. 16 bits of gray, with alpha or without, become 8 by the
// stated rule. 16 bits of colour become 8 by their high bytes whatever the rule
// (but kRefuse), because Pillow 9.4 to 12 read such a file so.

namespace cxr {

// Whether `bytes` begin as every PNG file does.
bool IsPng(absl::string_view bytes);

// The image in `bytes`, a whole PNG file of any kind. Errors begin with `name`:
// Unimplemented for 16 bits a sample under kRefuse; DataLoss for what is not a
// PNG, is cut off, is corrupt or states absurd dimensions.
absl::StatusOr<DecodedImage> DecodePng(absl::string_view bytes,
                                       absl::string_view name,
                                       SixteenBitRule sixteen_bit);

// The pixels alone, under kRefuse.
absl::StatusOr<GrayImage> DecodePngGray(absl::string_view bytes,
                                        absl::string_view name);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_PNG_H_
