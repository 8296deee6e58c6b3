// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_WEIGHTS_FUZZ_H_
#define CXR_MODEL_WEIGHTS_WEIGHTS_FUZZ_H_

#include <cstddef>
#include <cstdint>

// What libFuzzer calls with every input that it makes up; the program ends if
// a reader of weights breaks one of its promises. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

#endif  // CXR_MODEL_WEIGHTS_WEIGHTS_FUZZ_H_
