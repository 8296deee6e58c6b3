// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/pixel_box.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace cxr::synth {
namespace {

// Whole pixels from `low` to `high` of a side of `length`.
struct PixelRange {
  int first = 0;
  int count = 0;
};

PixelRange RangeOf(double low, double high, int length) {
  const int first =
      static_cast<int>(std::clamp(std::floor(low), 0.0, length - 1.0));
  const int end =
      static_cast<int>(std::clamp(std::ceil(high), first + 1.0, length + 0.0));
  return {.first = first, .count = end - first};
}

}  // namespace

PixelBox WholePixels(const FilmBox& box, const FilmRequest& film) {
  const PixelRange x = RangeOf(box.left, box.left + box.width, film.width);
  const PixelRange y = RangeOf(box.top, box.top + box.height, film.height);
  return {.left = x.first, .top = y.first, .width = x.count, .height = y.count};
}

PixelBox Jittered(const FilmBox& box, const FilmRequest& film, double deviation,
                  RandomKey key) {
  RandomStream stream(key);
  const double left = box.left + box.width * stream.Normal(0.0, deviation);
  const double top = box.top + box.height * stream.Normal(0.0, deviation);
  FilmBox jittered = box;
  jittered.left = left;
  jittered.top = top;
  jittered.width = box.width * (1.0 + stream.Normal(0.0, deviation));
  jittered.height = box.height * (1.0 + stream.Normal(0.0, deviation));
  return WholePixels(jittered, film);
}

Box TruthBox(absl::string_view finding, const PixelBox& box) {
  Box truth;
  truth.set_finding(std::string(finding));
  truth.set_left(box.left);
  truth.set_top(box.top);
  truth.set_width(box.width);
  truth.set_height(box.height);
  return truth;
}

}  // namespace cxr::synth
