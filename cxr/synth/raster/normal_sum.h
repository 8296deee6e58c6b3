// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_NORMAL_SUM_H_
#define CXR_SYNTH_RASTER_NORMAL_SUM_H_

#include <array>

// From sums of bytes to normal numbers.

namespace cxr::synth {

// 0 .. 1020: what four bytes may sum up to.
constexpr int kByteSums = 4 * 255 + 1;

// For each sum of four random bytes the normal number, mean 0 and deviation 1,
// of equal probability: the sum of 32 random bits becomes a normal number of
// up to 6.3 deviations, in steps of about 1/140.
const std::array<float, kByteSums>& NormalOfByteSum();

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_NORMAL_SUM_H_
