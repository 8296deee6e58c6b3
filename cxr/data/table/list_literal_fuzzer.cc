// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// With --config=fuzz: bazel run :list_literal_fuzzer -- CORPUS

#include <cstddef>
#include <cstdint>

#include "cxr/data/table/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cxr::CheckListLiteral({reinterpret_cast<const char*>(data), size});
  return 0;
}
