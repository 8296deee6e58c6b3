// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// With --config=fuzz: bazel run :csv_fuzzer -- CORPUS

#include <cstddef>
#include <cstdint>
#include <string>

#include "cxr/data/table/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cxr::CheckCsv(std::string(data, data + size));
  return 0;
}
