// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_FUZZ_H_
#define CXR_SPEC_FUZZ_H_

#include <cstddef>
#include <cstdint>

// What a fuzzer calls with its inputs: the first byte chooses the kind of a
// spec, the rest is its text. Aborts if linting or upgrading it breaks a
// promise of theirs.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

#endif  // CXR_SPEC_FUZZ_H_
