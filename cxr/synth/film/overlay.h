// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_OVERLAY_H_
#define CXR_SYNTH_FILM_OVERLAY_H_

#include "absl/strings/string_view.h"
#include "cxr/synth/film/film_request.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// What is put over a developed film: black borders where the beam was
// narrowed, then the letter of a side and how the film was taken.
void AddOverlay(const FilmRequest& request, Plane* film);

// Writes capital letters (of A, B, E, L, O, P, R, T) in lines of brightness 1.
// `left`, `top` and `height` are in pixels.
struct TextPlace {
  double left = 0.0;
  double top = 0.0;
  double height = 10.0;
};
void AddText(absl::string_view text, const TextPlace& place, Plane* film);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_OVERLAY_H_
