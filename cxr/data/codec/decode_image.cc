// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/decode_image.h"

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/codec/png.h"

namespace cxr {
namespace {

// Bytes shown of a file that is no image.
constexpr size_t kShownBytes = 16;

// DICOM PS3.10, section 7.1.
constexpr size_t kPreambleBytes = 128;
constexpr absl::string_view kMark = "DICM";

// A tag and a length, without which there is no element.
constexpr size_t kSmallestElement = 8;

bool IsDicom(absl::string_view bytes) {
  if (bytes.size() >= kPreambleBytes + kMark.size() &&
      bytes.substr(kPreambleBytes, kMark.size()) == kMark) {
    return true;
  }
  // Groups are 16 bits, the low byte first.
  const absl::string_view group = bytes.substr(0, 2);
  return bytes.size() >= kSmallestElement &&
         (group == absl::string_view("\2\0", 2) ||
          group == absl::string_view("\10\0", 2));
}

}  // namespace

std::optional<ImageFormat> FormatOf(absl::string_view bytes) {
  if (IsPng(bytes)) {
    return ImageFormat::kPng;
  }
  if (IsJpeg(bytes)) {
    return ImageFormat::kJpeg;
  }
  if (IsDicom(bytes)) {
    return ImageFormat::kDicom;
  }
  return std::nullopt;
}

absl::StatusOr<DecodedImage> DecodeImage(absl::string_view bytes,
                                         absl::string_view name,
                                         const DecodeOptions& options) {
  const std::optional<ImageFormat> format = FormatOf(bytes);
  if (!format.has_value()) {
    return absl::DataLossError(
        absl::StrCat(name, ": found ", bytes.size(), " bytes that begin with ",
                     absl::BytesToHexString(bytes.substr(0, kShownBytes)),
                     " (hexadecimal), expected a PNG, JPEG or DICOM file"));
  }
  switch (*format) {
    case ImageFormat::kPng:
      return DecodePng(bytes, name, options.sixteen_bit);
    case ImageFormat::kJpeg:
      return DecodeJpeg(bytes, name);
    case ImageFormat::kDicom:
      break;
  }
  if (options.dicom == nullptr) {
    return absl::UnimplementedError(absl::StrCat(
        name,
        ": found a DICOM file, expected PNG or JPEG: nothing was given "
        "here that reads DICOM"));
  }
  return options.dicom->Decode(bytes, name);
}

absl::StatusOr<DecodedImage> ReadImage(absl::string_view path,
                                       const DecodeOptions& options) {
  CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  return DecodeImage(bytes, path, options);
}

}  // namespace cxr
