// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_EXTREMES_H_
#define CXR_DATA_CODEC_EXTREMES_H_

#include <cstdint>
#include <limits>

#include "absl/types/span.h"

namespace cxr {

// The smallest and largest of the values added.
struct Extremes {
  int32_t smallest = std::numeric_limits<int32_t>::max();
  int32_t largest = std::numeric_limits<int32_t>::min();

  void Add(absl::Span<const uint8_t> values);
  void Add(absl::Span<const uint16_t> values);
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_EXTREMES_H_
