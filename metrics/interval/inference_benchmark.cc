// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What tests and intervals cost: the jobs that testdata/peer_inference.py gives
// to numpy.

#include <cstdint>
#include <random>
#include <vector>

#include "absl/types/span.h"
#include "benchmark/benchmark.h"
#include "metrics/interval/delong.h"
#include "metrics/interval/permutation.h"
#include "metrics/interval/proportion.h"
#include "metrics/interval/resampling_units.h"
#include "metrics/interval/student_t.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

constexpr int64_t kSwaps = 10'000;

struct Examples {
  std::vector<uint8_t> labels;
  std::vector<double> first;
  std::vector<double> second;
};

// float32: scores of networks, as they come.
Examples MakeExamples(int64_t size, bool float32) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  Examples examples;
  for (int64_t i = 0; i < size; ++i) {
    examples.labels.push_back(random() % 5 == 0);
    for (std::vector<double>* scores : {&examples.first, &examples.second}) {
      const double score = normal(random) + examples.labels.back();
      scores->push_back(float32 ? static_cast<float>(score) : score);
    }
  }
  return examples;
}

void DelongOf(benchmark::State& state, bool float32, bool paired) {
  const Examples examples = MakeExamples(state.range(0), float32);
  std::vector<absl::Span<const double>> scores = {examples.first};
  if (paired) scores.push_back(examples.second);
  for (auto _ : state) {
    benchmark::DoNotOptimize(Delong(scores, examples.labels)->Variance(0));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_Delong(benchmark::State& state) { DelongOf(state, false, false); }
void BM_DelongFloat32(benchmark::State& state) { DelongOf(state, true, false); }
void BM_DelongPaired(benchmark::State& state) { DelongOf(state, false, true); }
BENCHMARK(BM_Delong)->Arg(1000)->Arg(100'000);
BENCHMARK(BM_DelongFloat32)->Arg(100'000);
BENCHMARK(BM_DelongPaired)->Arg(100'000);

void BM_SignFlip(benchmark::State& state) {
  const Examples examples = MakeExamples(state.range(0), false);
  const ResamplingUnits units = *ResamplingUnits::Examples(state.range(0));
  const PermutationOptions options = {
      .resamples = kSwaps, .threads = static_cast<int>(state.range(1))};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        SignFlipTest(examples.first, units, options)->as_extreme);
  }
  state.SetItemsProcessed(state.iterations() * kSwaps);
}
BENCHMARK(BM_SignFlip)->Args({5000, 1})->Args({5000, 2})->UseRealTime();

// The scores of both systems are sorted once.
void BM_SwapAuroc(benchmark::State& state) {
  const Examples examples = MakeExamples(state.range(0), false);
  const size_t size = examples.labels.size();
  std::vector<double> scores = examples.first;
  scores.insert(scores.end(), examples.second.begin(), examples.second.end());
  std::vector<uint8_t> labels = examples.labels;
  labels.insert(labels.end(), examples.labels.begin(), examples.labels.end());
  const RankedColumn column = *RankedColumn::Create(scores, labels);
  const ResamplingUnits units = *ResamplingUnits::Examples(state.range(0));
  const PermutationOptions options = {
      .resamples = kSwaps, .threads = static_cast<int>(state.range(1))};
  const auto statistic = [&](absl::Span<const int32_t> swapped) {
    std::vector<int32_t> counts(2 * size);
    std::vector<int32_t> others(2 * size);
    for (size_t i = 0; i < size; ++i) {
      counts[i] = others[size + i] = 1 - swapped[i];
      counts[size + i] = others[i] = swapped[i];
    }
    return column.Auroc(counts) - column.Auroc(others);
  };
  for (auto _ : state) {
    benchmark::DoNotOptimize(SwapTest(units, options, statistic)->as_extreme);
  }
  state.SetItemsProcessed(state.iterations() * kSwaps);
}
BENCHMARK(BM_SwapAuroc)
    ->Args({5000, 1})
    ->Args({5000, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void BM_ClopperPearson(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(ClopperPearsonBounds(812, 904, 0.95)->low);
  }
}
BENCHMARK(BM_ClopperPearson);

void BM_StudentTQuantile(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(StudentTQuantile(0.025, 4.0));
  }
}
BENCHMARK(BM_StudentTQuantile);

}  // namespace
}  // namespace cxr::metrics
