// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// With --config=fuzz: bazel run :rle_fuzzer -- CORPUS

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "cxr/data/table/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  cxr::CheckRle(bytes);
  cxr::CheckPolygon(bytes);
  return 0;
}
