// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_MASK_BORDERS_H_
#define METRICS_SEGMENTATION_MASK_BORDERS_H_

#include <cstdint>
#include <vector>

#include "metrics/segmentation/distance_transform.h"

namespace cxr::metrics {

// The border of a mask on a grid (height, width): 0 where there is none.
struct MaskBorder {
  std::vector<uint8_t> codes;
  int64_t height = 0;
  int64_t width = 0;
};

// Of two masks, on the same grid: cut to where either of them is, for the rest
// holds no border. Grids of no size if both masks are empty.
struct MaskBorders {
  MaskBorder predicted;
  MaskBorder truth;
};

// Pixels inside that have one of their four neighbours outside: what erosion
// with a cross takes away. Code 1. What lies beyond the image is outside.
MaskBorders EdgePixels(const MaskView& predicted, const MaskView& truth);

// Corners of pixels: grid point (y, x) is where the pixels (y-1, x-1), (y-1,
// x), (y, x-1) and (y, x) of the cut meet. The code adds 8, 4, 2 and 1 for
// those inside and is 0 where all four are.
MaskBorders BorderCorners(const MaskView& predicted, const MaskView& truth);

// Squared distances from each point of `from`, row after row, to the nearest
// one of `to`. Infinite if `to` has none.
std::vector<double> SquaresBetween(const MaskBorder& from, const MaskBorder& to,
                                   const PixelSpacing& spacing);

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_MASK_BORDERS_H_
