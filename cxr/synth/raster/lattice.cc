// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/lattice.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/plane.h"

namespace cxr::synth {
namespace {

// What 64 random bits are cut into.
constexpr int kDraws = 4;
constexpr int kDrawBits = 16;
constexpr float kMeanOfDraws = 32767.5f;
constexpr double kDeviationOfDraws = 65536.0 / 3.4641016151377544;

constexpr int kFractionBits = 24;
constexpr int kPlaceBits = 8;
constexpr int kPlaces = 1 << kPlaceBits;

// Four at a time, on every machine: sums below have one order.
using Four = float __attribute__((vector_size(16)));

Four Load(const float* from) {
  Four four;
  std::memcpy(&four, from, sizeof(four));
  return four;
}

// The weights of four neighbouring coefficients, for each place between the
// middle two.
std::array<Four, kPlaces> MakeSplineWeights() {
  std::array<Four, kPlaces> weights;
  for (int i = 0; i < kPlaces; ++i) {
    const double t = (i + 0.5) / kPlaces;
    const double s = 1.0 - t;
    weights[i] = Four{static_cast<float>(s * s * s / 6.0),
                      static_cast<float>((4.0 - 3.0 * t * t * (1.0 + s)) / 6.0),
                      static_cast<float>((4.0 - 3.0 * s * s * (1.0 + t)) / 6.0),
                      static_cast<float>(t * t * t / 6.0)};
  }
  return weights;
}

int64_t Fixed(double points) {
  return static_cast<int64_t>(std::rint(points * (1 << kFractionBits)));
}

int PlaceOf(int64_t fixed) {
  return static_cast<int>(fixed >> (kFractionBits - kPlaceBits)) &
         (kPlaces - 1);
}

// The row of `sums` at height `y` of the finer lattice: between two rows of
// the coarser lattice or on one.
void RefineRow(const Plane& coarse, int y, bool between, float* sums) {
  const float* b = coarse.Row(y);
  const float* c = coarse.Row(y + 1);
  if (between) {
    for (int x = 0; x < coarse.width; ++x) {
      sums[x] = 0.5f * (b[x] + c[x]);
    }
    return;
  }
  const float* a = coarse.Row(y - 1);
  for (int x = 0; x < coarse.width; ++x) {
    sums[x] = 0.125f * (a[x] + c[x]) + 0.75f * b[x];
  }
}

}  // namespace

Lattice MakeLattice(int left, int top, int right, int bottom) {
  left &= ~(kDraws - 1);
  top &= ~1;
  return {.left = left,
          .top = top,
          .coefficients = MakePlane((right - left + kDraws - 1) & ~(kDraws - 1),
                                    bottom - top)};
}

Lattice MakeCoarser(const Lattice& fine) {
  return MakeLattice(fine.left / 2 - 1, fine.top / 2 - 1,
                     (fine.left + fine.coefficients.width) / 2 + 2,
                     (fine.top + fine.coefficients.height) / 2 + 2);
}

void AddWhite(RandomKey key, double deviation, Lattice* lattice) {
  const auto scale = static_cast<float>(deviation / kDeviationOfDraws);
  for (int y = 0; y < lattice->coefficients.height; ++y) {
    float* row = lattice->coefficients.Row(y);
    const uint64_t start = uint64_t{static_cast<uint32_t>(lattice->top + y)}
                           << 32;
    for (int x = 0; x < lattice->coefficients.width; x += kDraws) {
      const uint64_t bits =
          key.At(start | static_cast<uint32_t>((lattice->left + x) / kDraws));
      for (int i = 0; i < kDraws; ++i) {
        const auto draw = static_cast<uint16_t>(bits >> (kDrawBits * i));
        row[x + i] += (static_cast<float>(draw) - kMeanOfDraws) * scale;
      }
    }
  }
}

void Refine(const Lattice& coarse, Lattice* fine) {
  const int skipped = fine->left / 2 - coarse.left;
  std::vector<float> sums(coarse.coefficients.width);
  for (int y = 0; y < fine->coefficients.height; ++y) {
    RefineRow(coarse.coefficients, fine->top / 2 - coarse.top + y / 2,
              /*between=*/y % 2 == 1, sums.data());
    const float* from = sums.data() + skipped;
    float* to = fine->coefficients.Row(y);
    for (int x = 0; x < fine->coefficients.width / 2; ++x) {
      to[2 * x] = 0.125f * (from[x - 1] + from[x + 1]) + 0.75f * from[x];
      to[2 * x + 1] = 0.5f * (from[x] + from[x + 1]);
    }
  }
}

void EvaluateRow(const Lattice& lattice, Point first, Point step,
                 absl::Span<float> values) {
  static const std::array<Four, kPlaces> kWeights = MakeSplineWeights();
  int64_t x = Fixed(first.x - lattice.left - 1.0);
  int64_t y = Fixed(first.y - lattice.top - 1.0);
  const int64_t step_x = Fixed(step.x);
  const int64_t step_y = Fixed(step.y);
  const ptrdiff_t pitch = lattice.coefficients.width;
  const float* corner = lattice.coefficients.values.data();
  for (float& value : values) {
    const float* from =
        corner + (y >> kFractionBits) * pitch + (x >> kFractionBits);
    const Four down = kWeights[PlaceOf(y)];
    const Four sums =
        kWeights[PlaceOf(x)] *
        ((down[0] * Load(from) + down[1] * Load(from + pitch)) +
         (down[2] * Load(from + 2 * pitch) + down[3] * Load(from + 3 * pitch)));
    value = (sums[0] + sums[2]) + (sums[1] + sums[3]);
    x += step_x;
    y += step_y;
  }
}

}  // namespace cxr::synth
