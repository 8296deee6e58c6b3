// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstddef>
#include <vector>

#include "benchmark/benchmark.h"
#include "cxr/data/image/affine.h"
#include "cxr/data/image/color.h"
#include "cxr/data/image/crop.h"
#include "cxr/data/image/elastic.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/gaussian_blur.h"
#include "cxr/data/image/normalize.h"
#include "cxr/data/image/opencv_resize.h"
#include "cxr/data/image/operations_testing.h"
#include "cxr/data/image/solarize.h"

namespace cxr {
namespace {

constexpr AffineParameters kTurned{.rotation_degrees = 13.0,
                                   .translate_x_pixels = 9.0,
                                   .translate_y_pixels = -7.0,
                                   .scale_x = 1.1,
                                   .scale_y = 1.1};

// `operation` on a square of noise, of which the argument is the side.
template <typename Operation>
void Run(benchmark::State& state, Operation operation) {
  const int side = static_cast<int>(state.range(0));
  const GrayImage image = MakeNoise(side, side, /*seed=*/1);
  for (auto unused : state) {
    benchmark::DoNotOptimize(operation(image));
  }
  state.SetItemsProcessed(state.iterations());  // images
}

void BM_ResizedCrop(benchmark::State& state) {
  Run(state, [](const GrayImage& image) {
    const int side = image.width * 4 / 5;
    return ResizedCrop(image, {3, 5, side, side}, 518, 518);
  });
}
BENCHMARK(BM_ResizedCrop)->Arg(518)->Arg(1024);

void BM_ResizedLocalCrop(benchmark::State& state) {
  Run(state, [](const GrayImage& image) {
    const int side = image.width * 2 / 5;
    return ResizedCrop(image, {3, 5, side, side}, 98, 98);
  });
}
BENCHMARK(BM_ResizedLocalCrop)->Arg(518)->Arg(1024);

void BM_FlipHorizontal(benchmark::State& state) { Run(state, FlipHorizontal); }
BENCHMARK(BM_FlipHorizontal)->Arg(518)->Arg(1024);

void BM_EqualizeHistogram(benchmark::State& state) {
  Run(state, EqualizeHistogram);
}
BENCHMARK(BM_EqualizeHistogram)->Arg(518)->Arg(1024);

void BM_AffinePillowNearest(benchmark::State& state) {
  Run(state, [](const GrayImage& image) {
    return AffinePillowNearest(image, kTurned);
  });
}
BENCHMARK(BM_AffinePillowNearest)->Arg(518)->Arg(1024);

void BM_AffineOpenCvLinear(benchmark::State& state) {
  Run(state, [](const GrayImage& image) {
    return AffineOpenCvLinear(image, kTurned);
  });
}
BENCHMARK(BM_AffineOpenCvLinear)->Arg(518)->Arg(1024);

void BM_AffineOpenCvNearest(benchmark::State& state) {
  Run(state, [](const GrayImage& image) {
    return AffineOpenCvNearest(image, kTurned);
  });
}
BENCHMARK(BM_AffineOpenCvNearest)->Arg(518)->Arg(1024);

void BM_AdjustContrast(benchmark::State& state) {
  Run(state, [](const GrayImage& image) { return AdjustContrast(image, 1.2); });
}
BENCHMARK(BM_AdjustContrast)->Arg(518)->Arg(1024);

void BM_AdjustBrightness(benchmark::State& state) {
  Run(state,
      [](const GrayImage& image) { return AdjustBrightness(image, 1.2); });
}
BENCHMARK(BM_AdjustBrightness)->Arg(518)->Arg(1024);

void BM_GaussianBlur(benchmark::State& state) {
  Run(state,
      [](const GrayImage& image) { return GaussianBlur(image, 9, 1.1); });
}
BENCHMARK(BM_GaussianBlur)->Arg(518)->Arg(1024);

void BM_Solarize(benchmark::State& state) {
  Run(state, [](const GrayImage& image) { return Solarize(image, 128); });
}
BENCHMARK(BM_Solarize)->Arg(518)->Arg(1024);

void BM_Normalize(benchmark::State& state) {
  constexpr std::array<float, 3> kMean = {0.485f, 0.456f, 0.406f};
  constexpr std::array<float, 3> kDeviation = {0.229f, 0.224f, 0.225f};
  Run(state, [&](const GrayImage& image) {
    return Normalize(image, kMean, kDeviation);
  });
}
BENCHMARK(BM_Normalize)->Arg(518)->Arg(1024);

void BM_ResizeOpenCvCubic(benchmark::State& state) {
  Run(state, [](const GrayImage& image) {
    return ResizeOpenCvCubic(image, 600, 600);
  });
}
BENCHMARK(BM_ResizeOpenCvCubic)->Arg(518)->Arg(1024);

void BM_ElasticField(benchmark::State& state) {
  const int side = static_cast<int>(state.range(0));
  const std::vector<float> noise(size_t(side) * side, 0.5f);
  for (auto unused : state) {
    benchmark::DoNotOptimize(MakeDisplacementField(noise, noise,
                                                   {.width = side,
                                                    .height = side,
                                                    .alpha_pixels = 1,
                                                    .sigma_pixels = 10}));
  }
  state.SetItemsProcessed(state.iterations());  // fields
}
BENCHMARK(BM_ElasticField)->Arg(518)->Arg(1024);

void BM_RemapLinear(benchmark::State& state) {
  const int side = static_cast<int>(state.range(0));
  const std::vector<float> shift(size_t(side) * side, 0.3f);
  const DisplacementField field{side, side, shift, shift};
  Run(state, [&](const GrayImage& image) { return RemapLinear(image, field); });
}
BENCHMARK(BM_RemapLinear)->Arg(518)->Arg(1024);

}  // namespace
}  // namespace cxr
