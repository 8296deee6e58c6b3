// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_PIXELS_H_
#define CXR_DATA_CODEC_DICOM_PIXELS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/dicom_tags.h"
#include "cxr/data/codec/voi.h"

// The seam to GDCM, the one place that knows it and catches what it throws.
//
// GDCM may crash, hang or take all memory over a bad file; use DicomDecoder,
// which runs this in processes of their own. What it prints is kept for the
// Status, so stderr is not the usual one meanwhile: one thread at a time.
//
// Errors: DataLoss for what is not DICOM, cut off, corrupt or contradictory;
// Unimplemented for images that are not gray or RGB of 8 or 16 bits;
// ResourceExhausted if memory runs out. Their texts begin with "DICOM: ".

namespace cxr {

// The header, up to the pixels, which are not looked at. `bytes` is a whole
// file in any transfer syntax; without preamble and meta header it is read as
// implicit little endian.
absl::StatusOr<DicomTags> ReadDicomTags(absl::string_view bytes);

struct DicomPixels {
  DicomTags tags = {};
  StoredImage image = {};
  // What the JPEG library complained of in an image that it decoded all the
  // same, or empty.
  std::string warning = {};
};

// The header and the values as stored, of the first frame if there are
// several. All bits of unsigned values count, also those that BitsStored
// denies, since some archives state too few.
absl::StatusOr<DicomPixels> ReadDicomPixels(absl::string_view bytes);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_PIXELS_H_
