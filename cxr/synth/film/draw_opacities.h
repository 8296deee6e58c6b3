// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_DRAW_OPACITIES_H_
#define CXR_SYNTH_FILM_DRAW_OPACITIES_H_

#include "cxr/synth/film/layout.h"
#include "cxr/synth/film/textures.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// Attenuation of clouds, nodules, haze, lines and nets, wherever they reach:
// within the lungs' air it is the lungs' to say how much of it counts.
Plane DrawOpacities(const Frame& frame, const Layout& layout,
                    const Textures& textures);

// Adds a nodule; its edge is frayed by texture.
void AddNodule(const Frame& frame, const Nodule& nodule, const Plane& texture,
               Plane* plane);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_DRAW_OPACITIES_H_
