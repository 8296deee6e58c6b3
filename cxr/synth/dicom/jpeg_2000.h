// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_DICOM_JPEG_2000_H_
#define CXR_SYNTH_DICOM_JPEG_2000_H_

#include <string>

#include "absl/status/statusor.h"
#include "cxr/synth/dicom/dicom_samples.h"

namespace cxr::synth {

// `samples` as a bare JPEG 2000 codestream that decodes to them exactly.
// Internal if OpenJPEG fails, which it has no reason to.
absl::StatusOr<std::string> EncodeJpeg2000(const DicomSamples& samples);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_DICOM_JPEG_2000_H_
