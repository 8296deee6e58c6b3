// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RASTER_NOISE_H_
#define CXR_SYNTH_RASTER_NOISE_H_

#include <cstdint>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// Noise with a power spectrum of about frequency^-beta, mean about 0 and
// deviation about 1: lattices of random values, one an octave, from `lowest`
// waves over the film's height upwards as fine as pixels allow. The lattices
// are fixed in units, not in pixels: a film of another size shows the same
// texture.
struct NoiseSpec {
  double beta = 3.0;
  int lowest = 2;  // waves over the film's height
};
Plane LatticeNoise(const Frame& frame, const NoiseSpec& spec, RandomKey key);

// Independent values, about normal, mean 0 and deviation 1, of the pixels of a
// row; a function of key, row and column alone.
void PixelNoise(RandomKey key, int row, int width, float* values);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RASTER_NOISE_H_
