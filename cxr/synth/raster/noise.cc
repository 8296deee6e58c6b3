// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/raster/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/synth/random/exact_math.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/lattice.h"
#include "cxr/synth/raster/normal_sum.h"
#include "cxr/synth/raster/plane.h"

// Lattice noise is a cubic B-spline, which is round and smooth enough for no
// lattice to show. Its coefficients are white in each octave. A spline on one
// octave's lattice is one on the next as well, so octaves are added as
// coefficients, and only the sum meets the pixels.

namespace cxr::synth {
namespace {

// Points of a lattice for each of its waves: white coefficients keep half of
// their power up to a wave of 4.4 points.
constexpr int kPointsPerWave = 4;
// The deviation, on average over all places, of a spline whose coefficients
// have deviation 1: the integral of the squared B-spline, once an axis.
constexpr double kSplineDeviation = 151.0 / 315.0;
// Lattices are made for some rows at a time, to stay in the cache: the first
// touch of fresh memory costs more than all sums.
constexpr int kBandRows = 64;

// From a film to a lattice.
class Grid {
 public:
  Grid(const Frame& frame, double points_per_unit)
      : frame_(frame), points_per_unit_(points_per_unit) {}

  Point At(double x, double y) const {
    const Point units = ToUnits(frame_, {.x = x, .y = y});
    return {.x = units.x * points_per_unit_, .y = units.y * points_per_unit_};
  }

  // What of the lattice the rows [top, bottom) of the film depend on.
  Lattice AroundRows(double top, double bottom) const {
    const double right = frame_.width;
    const std::array<Point, 4> corners = {At(0.0, top), At(right, top),
                                          At(0.0, bottom), At(right, bottom)};
    Point low = corners[0];
    Point high = corners[0];
    for (const Point corner : corners) {
      low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
      high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
    }
    const auto floor = [](double at) {
      return static_cast<int>(std::floor(at));
    };
    return MakeLattice(floor(low.x) - 2, floor(low.y) - 2, floor(high.x) + 4,
                       floor(high.y) + 4);
  }

 private:
  Frame frame_;
  double points_per_unit_;
};

// Deviations of the octaves' coefficients, for a sum of deviation 1. An octave
// of a plane of power frequency^-beta has 2^(2 - beta) times the power of the
// one below it.
std::vector<double> DeviationsOf(double beta, int octaves) {
  std::vector<double> deviations;
  double variance = 0.0;
  for (int i = 0; i < octaves; ++i) {
    deviations.push_back(Pow(2.0, (1.0 - 0.5 * beta) * i));
    variance += deviations[i] * deviations[i];
  }
  for (double& deviation : deviations) {
    deviation /= std::sqrt(variance) * kSplineDeviation;
  }
  return deviations;
}

// All octaves, on `finest`.
Lattice SumOctaves(Lattice finest, absl::Span<const double> deviations,
                   RandomKey key) {
  std::vector<Lattice> lattices = {std::move(finest)};
  while (lattices.size() < deviations.size()) {
    lattices.push_back(MakeCoarser(lattices.back()));
  }
  Lattice sum = std::move(lattices.back());
  for (size_t octave = 0; octave < deviations.size(); ++octave) {
    if (octave > 0) {
      Lattice& next = lattices[deviations.size() - 1 - octave];
      Refine(sum, &next);
      sum = std::move(next);
    }
    AddWhite(key.Child("octave", octave), deviations[octave], &sum);
  }
  return sum;
}

}  // namespace

Plane LatticeNoise(const Frame& frame, const NoiseSpec& spec, RandomKey key) {
  CXR_CHECK(spec.lowest >= 1 && frame.zoom > 0.0)
      << spec.lowest << ", " << frame.zoom;
  double points_per_unit = static_cast<double>(kPointsPerWave) * spec.lowest;
  int octaves = 1;
  while (2.0 * points_per_unit <= frame.pixels_per_unit()) {
    points_per_unit *= 2.0;
    ++octaves;
  }
  const Grid grid(frame, points_per_unit);
  const std::vector<double> deviations = DeviationsOf(spec.beta, octaves);
  Plane plane = MakePlane(frame.width, frame.height);
  const Point origin = grid.At(0.0, 0.0);
  const Point next = grid.At(1.0, 0.0);
  const Point step{.x = next.x - origin.x, .y = next.y - origin.y};
  for (int top = 0; top < plane.height; top += kBandRows) {
    const int bottom = std::min(top + kBandRows, plane.height);
    const Lattice lattice =
        SumOctaves(grid.AroundRows(top, bottom), deviations, key);
    for (int y = top; y < bottom; ++y) {
      EvaluateRow(lattice, grid.At(0.5, y + 0.5), step,
                  absl::MakeSpan(plane.Row(y), plane.width));
    }
  }
  return plane;
}

void PixelNoise(RandomKey key, int row, int width, float* values) {
  const std::array<float, kByteSums>& normal = NormalOfByteSum();
  constexpr uint64_t kEvenBytes = 0x00ff00ff00ff00ff;
  const uint64_t start = uint64_t{static_cast<uint32_t>(row)} << 32;
  for (int x = 0; x < width; x += 2) {
    const uint64_t bits = key.At(start | static_cast<uint32_t>(x / 2));
    const uint64_t pairs = (bits & kEvenBytes) + (bits >> 8 & kEvenBytes);
    const uint64_t sums = pairs + (pairs >> 16);
    values[x] = normal[sums & 0xffff];
    if (x + 1 < width) {
      values[x + 1] = normal[sums >> 32 & 0xffff];
    }
  }
}

}  // namespace cxr::synth
