// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_FILM_TESTING_H_
#define CXR_SYNTH_FILM_FILM_TESTING_H_

#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/film_request.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// Requests and measures of the tests of films.

namespace cxr::synth {

// A PA film of a patient without findings, marker and collimation.
FilmRequest PlainRequest(int size);

// The same with one finding more; support devices are those of an outpatient.
struct Added {
  Finding finding = Finding::kNodule;
  double severity = 0.8;
  int side = 1;
};
FilmRequest With(const Added& added, FilmRequest request);

Anatomy PlainAnatomy();

// Upright, of magnification 1.
Frame PlainFrame(int size);

std::vector<Place> PlacesOf(Finding finding, absl::Span<const Place> places);

double MeanOf(const Plane& plane);
double LargestOf(const Plane& plane);
double ValueAt(const Plane& plane, const Frame& frame, Point units);
double Correlation(absl::Span<const float> a, absl::Span<const float> b);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_FILM_TESTING_H_
