// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_DICOM_HEADERS_H_
#define CXR_DATA_INSPECT_DICOM_HEADERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/dicom_decoder.h"

namespace cxr {

// Where the reader of RSNA looks for such a table.
inline constexpr absl::string_view kDicomHeadersFile = "dicom_headers.csv";

struct DicomHeaders {
  // Of each file PatientID, ViewPosition, PatientSex and PatientAge, a line a
  // file, in the order of their paths.
  std::string table = {};
  std::vector<std::string> failures = {};  // files that are left out, and why
};

// What the headers of all files *.dcm and *.dicom below `folder` say of their
// patients. No pixels are decoded. NotFound if there is no such file;
// FailedPrecondition if none can be read.
absl::StatusOr<DicomHeaders> ReadDicomHeaders(absl::string_view folder,
                                              const DicomDecoder& decoder,
                                              int threads);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_DICOM_HEADERS_H_
