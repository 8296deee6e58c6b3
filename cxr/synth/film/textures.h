// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_TEXTURES_H_
#define CXR_SYNTH_FILM_TEXTURES_H_

#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {

// Noise of tissue: a coarse and a fine texture.
struct Textures {
  Plane coarse = {};
  Plane fine = {};
};
Textures MakeTextures(const Frame& frame, RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_TEXTURES_H_
