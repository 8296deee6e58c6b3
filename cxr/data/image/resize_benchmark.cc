// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "benchmark/benchmark.h"
#include "cxr/data/image/operations_testing.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

void BM_ResizeBicubic(benchmark::State& state) {
  const int from = static_cast<int>(state.range(0));
  const int side = static_cast<int>(state.range(1));
  const GrayImage image = MakeNoise(from, from, /*seed=*/1);
  for (auto unused : state) {
    benchmark::DoNotOptimize(ResizeBicubic(image, side, side));
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_ResizeBicubic)
    ->Args({2738, 518})
    ->Args({1024, 518})
    ->Args({1024, 224})
    ->Args({64, 112});

}  // namespace
}  // namespace cxr
