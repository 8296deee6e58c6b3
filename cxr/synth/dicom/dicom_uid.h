// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_DICOM_DICOM_UID_H_
#define CXR_SYNTH_DICOM_DICOM_UID_H_

#include <cstdint>
#include <string>

namespace cxr::synth {

// A unique identifier of 128 bits (PS3.5 B.2): "2.25." and the decimal number
// of the UUID that has these bits, but for the six that mark it as one of
// random bits.
std::string DicomUid(uint64_t high, uint64_t low);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_DICOM_DICOM_UID_H_
