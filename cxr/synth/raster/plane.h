// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_PLANE_H_
#define CXR_SYNTH_RASTER_PLANE_H_

#include <cstddef>
#include <vector>

namespace cxr::synth {

// `values` holds height * width numbers, row-major (H, W).
struct Plane {
  int width = 0;   // pixels
  int height = 0;  // pixels
  std::vector<float> values = {};

  float* Row(int y) { return values.data() + size_t{1} * y * width; }
  const float* Row(int y) const {
    return values.data() + size_t{1} * y * width;
  }
};

// Zeros.
Plane MakePlane(int width, int height);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_PLANE_H_
