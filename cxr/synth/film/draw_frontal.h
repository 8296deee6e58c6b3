// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_DRAW_FRONTAL_H_
#define CXR_SYNTH_FILM_DRAW_FRONTAL_H_

#include "cxr/synth/film/film_request.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// What a film is before it is developed.
struct Exposure {
  Plane attenuation = {};
  Plane body = {};  // attenuation of soft tissue around: 0 in free air
};

// A frontal film: attenuation of everything that its layout holds, with
// texture.
Exposure DrawFrontal(const FilmRequest& request, const Frame& frame);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_DRAW_FRONTAL_H_
