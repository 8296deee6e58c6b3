// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_JPEG_H_
#define CXR_DATA_CODEC_JPEG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"

// JPEG files as gray images, and back.
//
//   CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
//   CXR_ASSIGN_OR_RETURN(const DecodedImage decoded, DecodeJpeg(bytes, path));
//
// Pixels are those of Pillow's Image.convert("L"): a gray file is its plane, a
// colour file is decoded to RGB (smooth upsampling) and becomes gray as
// FillGray says. Both by the accurate integer transform, as Pillow and OpenCV.

namespace cxr {

// Whether `bytes` begin as every JPEG file does.
bool IsJpeg(absl::string_view bytes);

// The image in `bytes`, a whole file of 8-bit gray or colour, baseline or
// progressive, Huffman or arithmetic coding. Errors begin with `name`:
// Unimplemented for four colours; DataLoss for what is not a JPEG, is cut off,
// is corrupt or states absurd dimensions.
//
// What is refused is what Pillow refuses: a file that ends before its last row
// and one whose headers or tables make no sense. Damage inside coded pixels is
// no error to Pillow, nor here, however wrong the image: a bad code, a missing
// restart marker, a marker before a segment's end. facts.warning then says so.
absl::StatusOr<DecodedImage> DecodeJpeg(absl::string_view bytes,
                                        absl::string_view name);

// The bytes of a baseline gray JPEG file of `image`, with the coefficients that
// Pillow's Image.save(quality=...) writes; `quality` is 1 to 100 (Pillow's own
// default is 75). InvalidArgument if `image` is empty, its size does not match
// its pixels or is beyond the format's 65500 a side.
absl::StatusOr<std::string> EncodeJpegGray(const GrayImage& image, int quality);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_JPEG_H_
