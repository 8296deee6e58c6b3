// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_PROTOCOL_FUZZ_H_
#define CXR_DATA_CODEC_DICOM_PROTOCOL_FUZZ_H_

#include <cstddef>
#include <cstdint>

// What libFuzzer calls with every input that it makes up; the program ends if
// either end of the protocol, given the input as a message of the other,
// accepts what it would not itself have sent in these bytes. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

#endif  // CXR_DATA_CODEC_DICOM_PROTOCOL_FUZZ_H_
