// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>

#include "cxr/model/distillation/block_masks.h"

namespace cxr {
namespace {

// Masks of the global crops of one group of images; items are crops.
void BM_DrawBlockMasks(benchmark::State& state) {
  const BlockMaskOptions options = {.grid = 37, .limit_patches = 666};
  const auto crops = static_cast<int>(state.range(0));
  int64_t step = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(DrawBlockMasks(options, crops, 1, step++, 0));
  }
  state.SetItemsProcessed(state.iterations() * crops);
}
BENCHMARK(BM_DrawBlockMasks)->Arg(16)->Arg(128);

}  // namespace
}  // namespace cxr
