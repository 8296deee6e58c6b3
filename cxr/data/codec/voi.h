// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_VOI_H_
#define CXR_DATA_CODEC_VOI_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_tags.h"

// Stored values of a DICOM image to 8 bits, as the released preparation of the
// data does it with pydicom: values of interest by apply_voi_lut (the first
// item of VOILUTSequence, else the first window, else none), MONOCHROME1
// turned over as max - x, then (x - min) / (max - min) * 255 without its
// fraction; 0 where all values are equal.
//
// Kept as pydicom has it: the values are not put through RescaleSlope and
// RescaleIntercept first, though the window's output range is; and
// PixelPaddingValue is a value like any other. Not kept: of a VOI LUT with
// entries of 8 bits pydicom takes the place modulo 256, which is a slip.

namespace cxr {

// The values as the file stores them, before any rule. A value is the number
// in 16 bits that its word holds: int16_t if `is_signed`, else uint16_t.
struct StoredImage {
  int width = 0;     // pixels
  int height = 0;    // pixels
  int channels = 1;  // 1, or 3 for RGB, interleaved
  bool is_signed = false;
  std::vector<uint16_t> words = {};  // height * width * channels

  bool operator==(const StoredImage&) const = default;
};

// The image in 8 bits; RGB is made gray last, by Pillow's rule, as reading the
// prepared file does. DataLoss for a window that has no meaning (of a colour
// image, of an unknown function, too narrow).
absl::StatusOr<DecodedImage> ApplyVoi(const StoredImage& stored,
                                      const DicomTags& tags);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_VOI_H_
