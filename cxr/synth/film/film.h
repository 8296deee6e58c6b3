// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_FILM_H_
#define CXR_SYNTH_FILM_FILM_H_

#include <cstdint>
#include <vector>

#include "cxr/data/image.h"
#include "cxr/synth/film/film_request.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// A film of a study: where everything is (Layout, without pixels) and what it
// looks like (DrawFilm).

namespace cxr::synth {

// A finding's rectangle in pixels, inside of the film.
struct FilmBox {
  Finding finding = Finding::kNodule;
  double left = 0.0;
  double top = 0.0;
  double width = 0.0;
  double height = 0.0;
};

// Turn and magnification of the film; positions in it.
Frame FrameOf(const FilmRequest& request);

// Boxes around what has a place: of an opacity what is above half of its peak.
// None on a lateral film. Without drawing a pixel.
std::vector<FilmBox> BoxesOf(const FilmRequest& request);

// Brightness 0..1 (dense is 1) of each pixel, with display window, gamma,
// quantum noise, marker and collimation: a function of the request alone.
Plane DrawFilm(const FilmRequest& request);

// round(255 v); round((2^bits - 1) v), bits 9 to 16.
GrayImage ToGray(const Plane& film);
std::vector<uint16_t> ToSamples(const Plane& film, int bits);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_FILM_H_
