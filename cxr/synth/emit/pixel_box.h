// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_PIXEL_BOX_H_
#define CXR_SYNTH_EMIT_PIXEL_BOX_H_

#include "absl/strings/string_view.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/truth.pb.h"

// Boxes as people draw them: whole pixels.

namespace cxr::synth {

// Inside of its film, at least one pixel wide and high.
struct PixelBox {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;

  bool operator==(const PixelBox&) const = default;
};

// The smallest box of whole pixels around `box`.
PixelBox WholePixels(const FilmBox& box, const FilmRequest& film);

// `box` with each side off by some of its length: `deviation` is that of a
// normal distribution, as a share.
PixelBox Jittered(const FilmBox& box, const FilmRequest& film, double deviation,
                  RandomKey key);

// The box as a truth has it.
Box TruthBox(absl::string_view finding, const PixelBox& box);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_PIXEL_BOX_H_
