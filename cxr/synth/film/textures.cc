// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/textures.h"

#include "cxr/synth/raster/noise.h"

namespace cxr::synth {

Textures MakeTextures(const Frame& frame, RandomKey key) {
  return {.coarse = LatticeNoise(frame, {.beta = 3.0, .lowest = 2},
                                 key.Child("coarse")),
          .fine = LatticeNoise(frame, {.beta = 2.0, .lowest = 6},
                               key.Child("fine"))};
}

}  // namespace cxr::synth
