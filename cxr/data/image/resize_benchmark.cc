// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "benchmark/benchmark.h"
#include "cxr/data/image/image.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

GrayImage SquareImage(int side) {
  GrayImage image{.width = side, .height = side};
  uint32_t state = 1;
  for (int i = 0; i < side * side; ++i) {
    state = state * 1664525u + 1013904223u;
    image.pixels.push_back(static_cast<uint8_t>(state >> 24));
  }
  return image;
}

void BM_ResizeBicubic(benchmark::State& state) {
  const GrayImage image = SquareImage(static_cast<int>(state.range(0)));
  const int side = static_cast<int>(state.range(1));
  for (auto unused : state) {
    benchmark::DoNotOptimize(ResizeBicubic(image, side, side));
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_ResizeBicubic)
    ->Args({1024, 518})
    ->Args({1024, 224})
    ->Args({64, 112});

}  // namespace
}  // namespace cxr
