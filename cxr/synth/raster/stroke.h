// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_STROKE_H_
#define CXR_SYNTH_RASTER_STROKE_H_

#include "absl/types/span.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// Lines of a width with soft edges. A line's profile is 1 on its axis and falls
// smoothly to 0 across `softness` about its edge: what blurring a sharp line
// would give (by a kernel of deviation softness / sqrt(20)), without a pass
// over the plane. Where a line of several points meets itself the larger value
// stands, so that joints do not show.

namespace cxr::synth {

struct Pen {
  double width = 1.0;     // pixels
  double softness = 1.0;  // pixels; at least about 1 to be smooth
  float amplitude = 1.0f;
};

// Adds the open line through `pixels` to `plane`. A width below a pixel fades
// the line instead of thinning it.
void AddLine(absl::Span<const Point> pixels, const Pen& pen, Plane* plane);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_STROKE_H_
