// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DECODE_IMAGE_H_
#define CXR_DATA_CODEC_DECODE_IMAGE_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/decoded_image.h"

// Any image file as a gray image, told by its first bytes, not by its name:
//
//   CXR_ASSIGN_OR_RETURN(
//       const DecodedImage decoded,
//       ReadImage(path, {.sixteen_bit = SixteenBitRule::kMinMax}));

namespace cxr {

class DicomDecoder;

struct DecodeOptions {
  SixteenBitRule sixteen_bit = SixteenBitRule::kRefuse;  // of PNG files
  const DicomDecoder* dicom = nullptr;  // null: DICOM files are an error
};

// The format of the file that begins with `bytes`: PNG and JPEG by their
// signatures, DICOM by its mark after 128 bytes, or by a first tag of group 2
// or 8 where preamble and mark are missing.
std::optional<ImageFormat> FormatOf(absl::string_view bytes);

// The image in `bytes`, a whole file. Errors begin with `name` and are those of
// DecodePng, DecodeJpeg and DicomDecoder; Unimplemented for DICOM without a
// decoder; DataLoss for bytes of no known format.
absl::StatusOr<DecodedImage> DecodeImage(absl::string_view bytes,
                                         absl::string_view name,
                                         const DecodeOptions& options);

// The image in the file `path`; errors of ReadFile besides.
absl::StatusOr<DecodedImage> ReadImage(absl::string_view path,
                                       const DecodeOptions& options);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DECODE_IMAGE_H_
