// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DECODED_IMAGE_H_
#define CXR_DATA_CODEC_DECODED_IMAGE_H_

#include <cstdint>
#include <string>

#include "cxr/data/image.h"

// An image with what its file said of it.

namespace cxr {

// Images of more pixels are refused before memory is taken; the largest
// radiographs have about 2^25.
inline constexpr int kMaxImagePixels = 1 << 27;

enum class ImageFormat { kPng, kJpeg, kDicom };

struct ImageFacts {
  ImageFormat format = ImageFormat::kPng;
  int width = 0;   // pixels
  int height = 0;  // pixels
  // Bits of a sample: BitsStored of a DICOM file (as corrected where the file
  // contradicts itself), the depth of a PNG, 8 for a JPEG.
  int bits = 0;
  int channels = 0;  // samples a pixel, alpha included: 1 to 4
  bool has_alpha = false;
  // "GRAY", "RGB", "PALETTE", or as a DICOM file says: "MONOCHROME1" ...
  std::string photometric = {};
  std::string transfer_syntax = {};  // UID of a DICOM file's coding, else empty
  // Smallest and largest stored value, before any rule made 8 bits of it. Of a
  // colour image: of the gray made of it.
  int32_t smallest = 0;
  int32_t largest = 0;
  // What the decoder first complained of in a file that it read all the same;
  // parts of such an image may be wrong.
  std::string warning = {};
};

struct DecodedImage {
  GrayImage image = {};
  ImageFacts facts = {};
};

// How values of 9 to 16 bits become 8 bits.
enum class SixteenBitRule {
  // Such an image is an error.
  kRefuse,
  // value >> (bits - 8).
  kShift8,
  // (value - smallest) * 255 / (largest - smallest), fraction dropped; 0 where
  // all values are equal.
  kMinMax,
  // min(value, 255), as Pillow 9.4's convert("L") of a 16-bit image, and then
  // as kMinMax: what the released preparation did with such a version.
  kPillowClip,
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DECODED_IMAGE_H_
