// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <vector>

#include "benchmark/benchmark.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/blur.h"
#include "cxr/synth/raster/distance.h"
#include "cxr/synth/raster/fill.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/noise.h"
#include "cxr/synth/raster/plane.h"
#include "cxr/synth/raster/spline.h"
#include "cxr/synth/raster/stroke.h"

// The argument is the side of a square film, in pixels.

namespace cxr::synth {
namespace {

Frame FrameOf(const benchmark::State& state) {
  const int side = static_cast<int>(state.range(0));
  return {.width = side, .height = side, .rotation_radians = 0.03, .zoom = 1.1};
}

// Of the size of a lung.
std::vector<Point> Lung(const Frame& frame) {
  return ToPixels(frame, Ellipse({.x = 0.3, .y = 0.45}, 0.15, 0.3, 288));
}

Plane LungCoverage(const Frame& frame) {
  return Coverage(Lung(frame), frame.width, frame.height);
}

void BM_Coverage(benchmark::State& state) {
  const Frame frame = FrameOf(state);
  const std::vector<Point> lung = Lung(frame);
  for (auto unused : state) {
    benchmark::DoNotOptimize(Coverage(lung, frame.width, frame.height));
  }
}
BENCHMARK(BM_Coverage)->Arg(512)->Arg(2048);

void BM_DistanceInside(benchmark::State& state) {
  const Plane lung = LungCoverage(FrameOf(state));
  for (auto unused : state) {
    benchmark::DoNotOptimize(DistanceInside(lung));
  }
}
BENCHMARK(BM_DistanceInside)->Arg(512)->Arg(2048);

void BM_Thickness(benchmark::State& state) {
  const Plane lung = LungCoverage(FrameOf(state));
  for (auto unused : state) {
    benchmark::DoNotOptimize(Thickness(lung, /*radius=*/0.11 * lung.height));
  }
}
BENCHMARK(BM_Thickness)->Arg(512)->Arg(2048);

// The second argument is sigma in tenths of a pixel.
void BM_Blur(benchmark::State& state) {
  Plane plane = LungCoverage(FrameOf(state));
  const double sigma = 0.1 * static_cast<double>(state.range(1));
  for (auto unused : state) {
    Blur(sigma, &plane);
    benchmark::DoNotOptimize(plane.values.data());
  }
}
BENCHMARK(BM_Blur)
    ->Args({512, 6})
    ->Args({512, 24})
    ->Args({512, 30})
    ->Args({512, 400})
    ->Args({2048, 24})
    ->Args({2048, 1600});

// The second argument is the lowest number of waves.
void BM_LatticeNoise(benchmark::State& state) {
  const Frame frame = FrameOf(state);
  const NoiseSpec spec{.lowest = static_cast<int>(state.range(1))};
  for (auto unused : state) {
    benchmark::DoNotOptimize(LatticeNoise(frame, spec, RandomKey(1)));
  }
}
BENCHMARK(BM_LatticeNoise)->Args({512, 2})->Args({512, 6})->Args({2048, 2});

void BM_PixelNoise(benchmark::State& state) {
  const int side = static_cast<int>(state.range(0));
  std::vector<float> values(side);
  for (auto unused : state) {
    for (int y = 0; y < side; ++y) {
      PixelNoise(RandomKey(1), y, side, values.data());
      benchmark::DoNotOptimize(values.data());
    }
  }
}
BENCHMARK(BM_PixelNoise)->Arg(512)->Arg(2048);

void BM_AddRib(benchmark::State& state) {
  std::vector<Point> rib;
  for (int i = 0; i < 40; ++i) {
    const double t = i / 39.0;
    rib.push_back(
        {.x = 200.0 + 150.0 * t * (2.0 - t), .y = 200.0 + 90.0 * t * t});
  }
  Plane plane = MakePlane(512, 512);
  for (auto unused : state) {
    AddLine(rib, {.width = 10.0, .softness = 2.0}, &plane);
    benchmark::DoNotOptimize(plane.values.data());
  }
}
BENCHMARK(BM_AddRib);

void BM_AddTwig(benchmark::State& state) {
  std::vector<Point> twig;
  for (int i = 0; i < 6; ++i) {
    twig.push_back({.x = 100.3 + 4.0 * i, .y = 100.7 + 2.5 * i + 0.2 * i * i});
  }
  Plane plane = MakePlane(512, 512);
  for (auto unused : state) {
    AddLine(twig, {.width = 1.5, .softness = 1.5}, &plane);
    benchmark::DoNotOptimize(plane.values.data());
  }
}
BENCHMARK(BM_AddTwig);

}  // namespace
}  // namespace cxr::synth
