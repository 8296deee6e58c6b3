// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_DRAW_LATERAL_H_
#define CXR_SYNTH_FILM_DRAW_LATERAL_H_

#include "cxr/synth/film/draw_frontal.h"
#include "cxr/synth/film/film_request.h"
#include "cxr/synth/raster/frame.h"

namespace cxr::synth {

// A schematic chest seen from the left side, the breastbone on the film's left:
// both lungs over each other, heart, spine, ribs, domes; of findings heart
// size, emphysema, effusion, opacities and devices, roughly.
Exposure DrawLateral(const FilmRequest& request, const Frame& frame);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_DRAW_LATERAL_H_
