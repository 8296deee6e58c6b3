// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/plane.h"

#include <cstddef>
#include <vector>

#include "cxr/base/check.h"

namespace cxr::synth {

Plane MakePlane(int width, int height) {
  CXR_CHECK(width >= 0 && height >= 0) << width << " x " << height;
  return {.width = width,
          .height = height,
          .values = std::vector<float>(size_t{1} * width * height)};
}

}  // namespace cxr::synth
