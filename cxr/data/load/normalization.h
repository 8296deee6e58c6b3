// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_NORMALIZATION_H_
#define CXR_DATA_LOAD_NORMALIZATION_H_

#include <array>

#include "cxr/spec/features.pb.h"

namespace cxr {

// Red, green and blue of pixels in [0, 1].
struct ChannelStatistics {
  std::array<float, 3> mean = {};
  std::array<float, 3> std = {};
};

// What `normalization`, not UNSPECIFIED, takes out of the pixels; mean 0 and
// standard deviation 1 for NO_NORMALIZATION.
ChannelStatistics StatisticsOf(spec::Normalization normalization);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_NORMALIZATION_H_
