// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_LATTICE_H_
#define CXR_SYNTH_RASTER_LATTICE_H_

#include "absl/types/span.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

// Cubic B-splines over a lattice of whole numbers.
//
//   Lattice fine = MakeLattice(/*left=*/-3, /*top=*/0, /*right=*/9,
//                              /*bottom=*/8);
//   Lattice coarse = MakeCoarser(fine);
//   AddWhite(key, /*deviation=*/1.0, &coarse);
//   Refine(coarse, &fine);  // The same spline on a lattice twice as fine.

namespace cxr::synth {

// The coefficients of the points of a rectangle of the lattice. `left` is a
// multiple of 4, `top` one of 2.
struct Lattice {
  int left = 0;
  int top = 0;
  Plane coefficients;
};

// Zeros at the points [left, right) x [top, bottom) and at a few more.
Lattice MakeLattice(int left, int top, int right, int bottom);

// Zeros at those points of a lattice half as fine (whose points i are the
// points 2 i of `fine`) on which the spline of `fine` depends.
Lattice MakeCoarser(const Lattice& fine);

// Adds independent, uniformly distributed numbers of mean 0: functions of the
// key and the lattice's point alone.
void AddWhite(RandomKey key, double deviation, Lattice* lattice);

// Sets `fine`, made after or before MakeCoarser(fine), to the spline of
// `coarse`.
void Refine(const Lattice& coarse, Lattice* fine);

// Sets the values to the spline at `first`, `first` + `step` and so on, each at
// least 2 points within the lattice's border. Places are rounded to 1/256.
void EvaluateRow(const Lattice& lattice, Point first, Point step,
                 absl::Span<float> values);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_LATTICE_H_
