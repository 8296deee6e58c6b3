// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_DISTANCE_H_
#define CXR_SYNTH_RASTER_DISTANCE_H_

#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// The exact Euclidean distance, in pixels, of each pixel whose coverage is
// above 1/2 to the nearest one whose is not; 0 elsewhere. What lies beyond the
// border of the plane counts as inside; where nothing is outside, the distance
// is width + height. O(pixels); work is limited to the smallest rectangle
// around what is inside.
Plane DistanceInside(const Plane& coverage);

// sqrt(1 - (1 - min(d / radius, 1))^2): how thick a body with round edges is
// whose outline is `coverage`, 0..1, `radius` in pixels. `d` is the distance to
// the outline itself, which runs between pixels as they are covered: no stairs
// show along it.
Plane Thickness(const Plane& coverage, double radius);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_DISTANCE_H_
