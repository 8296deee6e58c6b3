// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_DICOM_DICOM_FILE_H_
#define CXR_SYNTH_DICOM_DICOM_FILE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/synth/dicom/dicom_samples.h"

// A radiograph as the bytes of a DICOM file (PS3.10), always the same for the
// same arguments: nothing in it tells of the day or the machine.
//
//   const DicomHeader header{.sop_instance = DicomUid(1, 2),
//                            .modality = "CR",
//                            .view_position = "PA"};
//   CXR_ASSIGN_OR_RETURN(const std::string bytes,
//                        DicomFile(header, samples, DicomCoding::kJpeg2000));

namespace cxr::synth {

// Classes of files (PS3.6 A.1).
inline constexpr absl::string_view kDigitalXRay =
    "1.2.840.10008.5.1.4.1.1.1.1";  // for presentation
inline constexpr absl::string_view kSecondaryCapture =
    "1.2.840.10008.5.1.4.1.1.7";

// Transfer syntaxes (PS3.6 A.1): how the samples are written. All but
// kJpegBaseline, which wants 8 bits, keep them exactly; kJpegLossless wants at
// least 2. The header is always in explicit little endian.
enum class DicomCoding {
  kPlain,         // 1.2.840.10008.1.2.1
  kJpegBaseline,  // 1.2.840.10008.1.2.4.50
  kJpegLossless,  // 1.2.840.10008.1.2.4.70
  kJpeg2000,      // 1.2.840.10008.1.2.4.90
};

// What the header says, by the names of the standard. What is empty is written
// so where PS3.3 wants the element to be there, and else left out.
struct DicomHeader {
  absl::string_view sop_class = kSecondaryCapture;
  std::string sop_instance = {};  // UIDs of file, study and series
  std::string study_instance = {};
  std::string series_instance = {};
  std::string modality = {};            // "CR", "DX"
  std::string conversion_type = {};     // "WSD"
  std::string manufacturer = {};        // of whatever made the image
  std::string series_description = {};  // "view: PA"
  std::string patient_name = {};
  std::string patient_id = {};
  std::string patient_sex = {};         // "M", "F", "O"
  std::string patient_age = {};         // "062Y"
  std::string body_part = {};           // "CHEST"
  std::string view_position = {};       // "PA", "AP"
  bool is_inverted = false;             // MONOCHROME1: small samples are bright
  double pixel_spacing = 0.0;           // millimetres; 0: not stated
  std::optional<int> bits_stored = {};  // if not those of the samples
  std::optional<int> window_center = {};
  std::optional<int> window_width = {};
  int jpeg_quality = 90;  // of kJpegBaseline: 1 to 100
};

// The samples are coded as `coding` says. InvalidArgument for a size that it
// cannot have; Internal if its library fails.
absl::StatusOr<std::string> DicomFile(const DicomHeader& header,
                                      const DicomSamples& samples,
                                      DicomCoding coding);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_DICOM_DICOM_FILE_H_
