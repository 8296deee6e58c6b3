// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_DEVELOP_H_
#define CXR_SYNTH_FILM_DEVELOP_H_

#include "cxr/synth/film/draw_frontal.h"
#include "cxr/synth/film/film_request.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// Scatter, the detector's blur and quantum noise, then the display window
// between percentiles of the body and a gamma curve: brightness 0..1.
Plane Develop(const FilmRequest& request, const Frame& frame,
              Exposure exposure);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_DEVELOP_H_
