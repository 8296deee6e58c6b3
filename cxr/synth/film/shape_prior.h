// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_SHAPE_PRIOR_H_
#define CXR_SYNTH_FILM_SHAPE_PRIOR_H_

#include <array>

#include "cxr/synth/patient/patient.h"
#include "cxr/synth/raster/frame.h"

// How outlines of lungs and heart vary between people: a mean of 120 points in
// CheXmask's order (44 of the right lung, 50 of the left, 26 of the heart) and
// six directions in which they move together.

namespace cxr::synth {

inline constexpr int kShapePoints = 120;

using ShapeWeights = std::array<double, kShapeModes>;

// The mean plus, of each mode, `weights` deviations; in units of a square film.
std::array<Point, kShapePoints> ShapeOf(const ShapeWeights& weights);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_SHAPE_PRIOR_H_
