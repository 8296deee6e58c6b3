// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_FILL_H_
#define CXR_SYNTH_RASTER_FILL_H_

#include "absl/types/span.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// How much of each pixel the closed polygon covers (even-odd), 0..1, exact to
// 1/16 or better. `pixels` are its corners in pixels, inside of the plane or
// not. Work is limited to the polygon's own rows and columns.
Plane Coverage(absl::Span<const Point> pixels, int width, int height);

// Whether a point lies inside of the closed polygon (even-odd).
bool Inside(absl::Span<const Point> polygon, Point point);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_FILL_H_
