// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_TAGS_H_
#define CXR_DATA_CODEC_DICOM_TAGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What the header of a DICOM file says of its image, as far as anybody here
// asks. Texts are without their padding and empty where the file has none;
// names are those of the standard (DICOM PS3.6).

namespace cxr {

// The first item of VOILUTSequence: the value v becomes
// entries[v - first_value], the first or last entry outside.
struct VoiLut {
  int first_value = 0;
  std::vector<uint16_t> entries = {};

  bool operator==(const VoiLut&) const = default;
};

struct DicomTags {
  std::string transfer_syntax = {};  // its UID
  std::string modality = {};
  std::string view_position = {};
  std::string patient_id = {};
  std::string patient_sex = {};
  std::string patient_age = {};  // "062Y", or "62" in RSNA's files

  int rows = 0;
  int columns = 0;
  int frames = 1;
  int samples_per_pixel = 1;
  int planar_configuration = 0;
  int bits_allocated = 0;
  int bits_stored = 0;
  int high_bit = 0;
  bool is_signed = false;  // PixelRepresentation
  std::string photometric = {};
  std::optional<int> padding = {};  // PixelPaddingValue

  // The first values of WindowCenter and WindowWidth; more are of no use here.
  std::optional<double> window_center = {};
  std::optional<double> window_width = {};
  std::string voi_lut_function = {};  // in capitals
  std::optional<VoiLut> voi_lut = {};
  std::optional<double> rescale_slope = {};
  std::optional<double> rescale_intercept = {};

  bool operator==(const DicomTags&) const = default;
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_TAGS_H_
