// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_BLUR_H_
#define CXR_SYNTH_RASTER_BLUR_H_

#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// Smooths by a Gaussian of standard deviation `sigma` pixels, edges repeated.
// Small sigmas are summed directly; large ones (above about 4) may be made of
// boxes or on a coarser grid, so that time does not grow with sigma.
void Blur(double sigma, Plane* plane);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_BLUR_H_
