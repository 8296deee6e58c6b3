// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What bootstrap intervals of ranking metrics cost: the jobs that
// testdata/peer_bootstrap.py gives to scikit-learn.

#include <cstdint>
#include <random>
#include <vector>

#include "absl/types/span.h"
#include "benchmark/benchmark.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/interval/random_stream.h"
#include "metrics/interval/resampling_units.h"
#include "metrics/ranking/macro.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr int64_t kTestSet = 25596;  // images, as in NIH ChestX-ray14's

struct Examples {
  std::vector<double> scores;
  std::vector<uint8_t> labels;
};

Examples MakeExamples(int64_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform;
  Examples examples;
  for (int64_t i = 0; i < size; ++i) {
    examples.labels.push_back(uniform(random) < 0.2);
    examples.scores.push_back(uniform(random) + 0.3 * examples.labels.back());
  }
  return examples;
}

RankedColumn MakeColumn(int64_t size, uint32_t seed) {
  const Examples examples = MakeExamples(size, seed);
  return *RankedColumn::Create(examples.scores, examples.labels);
}

using CountMetric = double (RankedColumn::*)(Counts) const;

// 1,000 resamples of patients with two examples each, macro over 8 labels.
void ClusteredInterval(benchmark::State& state, CountMetric metric) {
  const int64_t size = state.range(0);
  std::vector<RankedColumn> columns;
  for (uint32_t k = 0; k < 8; ++k) columns.push_back(MakeColumn(size, k));
  std::vector<int32_t> patients;
  for (int32_t i = 0; i < size; ++i) patients.push_back(i / 2);
  const auto statistic = [&columns, metric](Counts counts) {
    std::vector<double> values;
    for (const RankedColumn& column : columns) {
      values.push_back((column.*metric)(counts));
    }
    return MacroMean(values, UndefinedColumns::kNanIfAnyUndefined);
  };
  for (auto _ : state) {
    benchmark::DoNotOptimize(ClusteredBootstrap(
        patients, {.resamples = 1000, .confidence = 0.95, .seed = 3},
        statistic));
  }
}

void BM_ClusteredBootstrapAuroc(benchmark::State& state) {
  ClusteredInterval(state, &RankedColumn::Auroc);
}

void BM_ClusteredBootstrapAveragePrecision(benchmark::State& state) {
  ClusteredInterval(state, &RankedColumn::AveragePrecision);
}

// The interval of one AUROC from resampled examples. Arguments: resamples,
// threads.
void AurocInterval(benchmark::State& state, RandomGenerator generator) {
  const RankedColumn column = MakeColumn(kTestSet, 1);
  const auto units = ResamplingUnits::Examples(kTestSet);
  const BootstrapOptions options = {
      .resamples = static_cast<int>(state.range(0)),
      .confidence = 0.95,
      .seed = 3,
      .generator = generator,
      .threads = static_cast<int>(state.range(1))};
  const auto auroc = [&column](Counts counts, Values values) {
    values[0] = column.Auroc(counts);
  };
  for (auto _ : state) {
    benchmark::DoNotOptimize(Bootstrap(*units, options,
                                       IntervalKind::kPercentile,
                                       {.size = 1, .fill = auroc}));
  }
}

void BM_AurocIntervalFast(benchmark::State& state) {
  AurocInterval(state, RandomGenerator::kFast);
}

void BM_AurocIntervalRandomState(benchmark::State& state) {
  AurocInterval(state, RandomGenerator::kNumpyRandomState);
}

void BM_AurocIntervalDefaultRng(benchmark::State& state) {
  AurocInterval(state, RandomGenerator::kNumpyDefaultRng);
}

// Counts of one resample, without a statistic.
void Draw(benchmark::State& state, RandomGenerator generator) {
  const auto units = ResamplingUnits::Examples(state.range(0));
  std::vector<int32_t> counts(state.range(0));
  RandomStream stream(generator, 3, 0);
  for (auto _ : state) {
    stream.Resample(*units, absl::MakeSpan(counts));
    benchmark::DoNotOptimize(counts.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_DrawFast(benchmark::State& state) {
  Draw(state, RandomGenerator::kFast);
}

void BM_DrawRandomState(benchmark::State& state) {
  Draw(state, RandomGenerator::kNumpyRandomState);
}

void BM_DrawDefaultRng(benchmark::State& state) {
  Draw(state, RandomGenerator::kNumpyDefaultRng);
}

BENCHMARK(BM_ClusteredBootstrapAuroc)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ClusteredBootstrapAveragePrecision)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);
void Intervals(benchmark::internal::Benchmark* benchmark) {
  benchmark->Args({1000, 1})->Args({1000, 2})->Unit(benchmark::kMillisecond);
  benchmark->UseRealTime();
}
BENCHMARK(BM_AurocIntervalFast)->Apply(Intervals);
BENCHMARK(BM_AurocIntervalRandomState)->Apply(Intervals);
BENCHMARK(BM_AurocIntervalDefaultRng)->Apply(Intervals);
BENCHMARK(BM_DrawFast)->Arg(1000)->Arg(kTestSet)->Arg(10000000);
BENCHMARK(BM_DrawRandomState)->Arg(1000)->Arg(kTestSet)->Arg(10000000);
BENCHMARK(BM_DrawDefaultRng)->Arg(1000)->Arg(kTestSet)->Arg(10000000);

}  // namespace
}  // namespace cxr::metrics
