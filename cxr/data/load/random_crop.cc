// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/random_crop.h"

#include <cmath>
#include <cstdint>

#include "cxr/base/check.h"

namespace cxr {
namespace {

constexpr int kTries = 10;

// Python's round: halves go to the even neighbour.
int Rounded(double value) { return static_cast<int>(std::nearbyint(value)); }

// 0 .. bound - 1
int Place(const CounterRng& rng, uint64_t index, int bound) {
  return static_cast<int>(rng.Below(index, static_cast<uint64_t>(bound)));
}

PixelBox Central(const spec::RandomResizedCropSpec& spec, int width,
                 int height) {
  PixelBox box{.width = width, .height = height};
  const double ratio = static_cast<double>(width) / height;
  if (ratio < spec.ratio_min()) {
    box.height = Rounded(width / spec.ratio_min());
  } else if (ratio > spec.ratio_max()) {
    box.width = Rounded(height * spec.ratio_max());
  }
  box.left = (width - box.width) / 2;
  box.top = (height - box.height) / 2;
  return box;
}

}  // namespace

PixelBox DrawRandomCrop(const spec::RandomResizedCropSpec& spec, int width,
                        int height, const CounterRng& rng) {
  CXR_CHECK(width >= 1 && height >= 1) << width << " x " << height;
  const double area = static_cast<double>(width) * height;
  const double lowest = std::log(spec.ratio_min());
  const double highest = std::log(spec.ratio_max());
  for (uint64_t first = 0; first < 4 * kTries; first += 4) {
    const double target =
        area * (spec.scale_min() +
                (spec.scale_max() - spec.scale_min()) * rng.Uniform(first));
    const double ratio =
        std::exp(lowest + (highest - lowest) * rng.Uniform(first + 1));
    const int w = Rounded(std::sqrt(target * ratio));
    const int h = Rounded(std::sqrt(target / ratio));
    if (0 < w && w <= width && 0 < h && h <= height) {
      return {.left = Place(rng, first + 2, width - w + 1),
              .top = Place(rng, first + 3, height - h + 1),
              .width = w,
              .height = h};
    }
  }
  return Central(spec, width, height);
}

}  // namespace cxr
