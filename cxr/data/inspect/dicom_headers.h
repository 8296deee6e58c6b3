// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_DICOM_HEADERS_H_
#define CXR_DATA_INSPECT_DICOM_HEADERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/dicom_decoder.h"

namespace cxr {

// Where the reader of RSNA looks for what DicomHeaders gives.
inline constexpr absl::string_view kDicomHeadersFile = "dicom_headers.csv";

// A table of what the headers of all files *.dcm and *.dicom below `folder` say
// of their patients: PatientID, ViewPosition, PatientSex and PatientAge, a line
// a file, in the order of their paths. No pixels are decoded. NotFound if there
// is no such file; the first error of a file that cannot be read.
absl::StatusOr<std::string> DicomHeaders(absl::string_view folder,
                                         const DicomDecoder& decoder,
                                         int threads);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_DICOM_HEADERS_H_
