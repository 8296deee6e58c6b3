// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_FILM_REQUEST_H_
#define CXR_SYNTH_FILM_FILM_REQUEST_H_

#include "cxr/data/index/image_index.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {

// What differs between the machines and habits of sources.
struct FilmStyle {
  double zoom = 1.0;  // field of view; about 1
  double zoom_deviation = 0.03;
  double gamma_low = 0.75;  // display curve, drawn between the two
  double gamma_high = 1.25;
  double noise = 1.0;        // times the usual quantum noise
  bool side_marker = true;   // a burned-in L or R, "AP" or "PORTABLE"
  double collimation = 0.1;  // share of films with black borders
  // Times the visibility of findings; below 1 is harder.
  double difficulty = 1.0;
};

struct FilmRequest {
  Patient patient = {};
  Study study = {};
  View view = View::kPa;  // kPa, kAp, kApSupine, kLateral
  int number = 0;         // of its study, from 0: films differ in exposure
  int width = 0;          // pixels, 16 or more
  int height = 0;         // pixels, 16 or more
  FilmStyle style = {};
};

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_FILM_REQUEST_H_
