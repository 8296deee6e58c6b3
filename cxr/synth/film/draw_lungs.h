// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_DRAW_LUNGS_H_
#define CXR_SYNTH_FILM_DRAW_LUNGS_H_

#include "cxr/synth/film/layout.h"
#include "cxr/synth/film/textures.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// What the lungs take from (negative) and add to a film's attenuation: air,
// vessels, opacities within the air, water, pneumothorax.
Plane DrawLungs(const Frame& frame, const Layout& layout,
                const Textures& textures);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_DRAW_LUNGS_H_
