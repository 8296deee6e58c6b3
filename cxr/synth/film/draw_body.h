// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_DRAW_BODY_H_
#define CXR_SYNTH_FILM_DRAW_BODY_H_

#include "cxr/synth/film/layout_body.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// Attenuation of trunk and arms, without what is inside: 0 beside them.
Plane DrawTrunk(const Frame& frame, const Body& body);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_DRAW_BODY_H_
