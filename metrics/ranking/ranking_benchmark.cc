// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// AUROC and average precision of one column, sorting included: the job that
// testdata/peer_ranking.py gives to scikit-learn, fastroc and torchmetrics. The
// second argument is the number of distinct scores, 0 for hardly any tie.

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "absl/types/span.h"
#include "benchmark/benchmark.h"
#include "metrics/ranking/auroc.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

template <typename Score>
struct Examples {
  std::vector<Score> scores;
  std::vector<uint8_t> labels;
};

template <typename Score>
Examples<Score> MakeExamples(const benchmark::State& state) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform;
  const auto levels = static_cast<double>(state.range(1));
  Examples<Score> examples;
  for (int64_t i = 0; i < state.range(0); ++i) {
    const uint8_t label = uniform(random) < 0.3;
    double score = (uniform(random) + 0.3 * label) / 1.3;
    if (levels > 0) score = std::floor(score * levels) / levels;
    examples.labels.push_back(label);
    examples.scores.push_back(static_cast<Score>(score));
  }
  return examples;
}

template <typename Score>
void BM_Auroc(benchmark::State& state) {
  const auto examples = MakeExamples<Score>(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(Auroc(examples.scores, examples.labels));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

template <typename Score>
void BM_AveragePrecision(benchmark::State& state) {
  const auto examples = MakeExamples<Score>(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        AveragePrecision(examples.scores, examples.labels));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

// Both metrics of the examples and of one resample.
template <typename Score>
void BM_CreateAndResample(benchmark::State& state) {
  const auto examples = MakeExamples<Score>(state);
  std::mt19937 random(3);
  std::vector<int32_t> counts(state.range(0));
  for (int64_t i = 0; i < state.range(0); ++i) {
    ++counts[random() % state.range(0)];
  }
  for (auto _ : state) {
    const RankedColumn column =
        *RankedColumn::Create(examples.scores, examples.labels);
    benchmark::DoNotOptimize(column.Auroc() + column.AveragePrecision());
    benchmark::DoNotOptimize(column.Auroc(counts) +
                             column.AveragePrecision(counts));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void Sizes(benchmark::internal::Benchmark* job) {
  for (const int64_t size : {500, 1000, 10000, 1000000}) {
    for (const int64_t levels : {0, 1000}) job->Args({size, levels});
  }
  job->Args({25596, 0})->Args({25596, 1000})->Args({1000000, 100000});
}

BENCHMARK_TEMPLATE(BM_Auroc, float)->Apply(Sizes);
BENCHMARK_TEMPLATE(BM_Auroc, double)->Apply(Sizes);
BENCHMARK_TEMPLATE(BM_AveragePrecision, float)->Apply(Sizes);
BENCHMARK_TEMPLATE(BM_AveragePrecision, double)->Apply(Sizes);
BENCHMARK_TEMPLATE(BM_CreateAndResample, float)->Apply(Sizes);
BENCHMARK_TEMPLATE(BM_CreateAndResample, double)->Apply(Sizes);

}  // namespace
}  // namespace cxr::metrics
