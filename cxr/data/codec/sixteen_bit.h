// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_SIXTEEN_BIT_H_
#define CXR_DATA_CODEC_SIXTEEN_BIT_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "cxr/data/codec/decoded_image.h"

namespace cxr {

// `values` of `bits` bits (8 to 16), at least one, in 8 bits by `rule`, which
// is not kRefuse: that is for the caller to obey.
std::vector<uint8_t> ToEightBits(absl::Span<const uint16_t> values, int bits,
                                 SixteenBitRule rule);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_SIXTEEN_BIT_H_
