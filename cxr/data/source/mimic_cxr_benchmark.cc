// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include "cxr/base/check.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/mimic_cxr.h"
#include "cxr/data/source/mimic_cxr_testing.h"

namespace cxr {
namespace {

// Time to index the tables, and the memory that takes at most.
void BM_ReadMimicCxr(benchmark::State& state) {
  const int images = static_cast<int>(state.range(0));
  const TempDir folder;
  WriteMimicCxrTables(folder.path(), images);
  const ReadingCost cost = CostOfReadingMimicCxr(folder.path());
  CXR_CHECK(cost.images == images) << cost.images;
  for (auto _ : state) {
    const auto index = ReadMimicCxr(folder.path());
    CXR_CHECK(index.ok()) << index.status().ToString();
    benchmark::DoNotOptimize(index->labels.data());
  }
  state.SetItemsProcessed(state.iterations() * images);
  state.counters["peak_bytes"] = static_cast<double>(cost.peak_bytes);
}
// A thousand for a try, MIMIC-CXR-JPG, and all sources together twice.
BENCHMARK(BM_ReadMimicCxr)
    ->Arg(1'000)
    ->Arg(377'110)
    ->Arg(2'000'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace cxr
