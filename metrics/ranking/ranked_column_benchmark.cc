// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What a resample costs: sort once and count (RankedColumn) against sorting
// every resample.

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "benchmark/benchmark.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;

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

std::vector<int32_t> MakeCounts(int64_t size) {
  std::mt19937 random(3);
  std::vector<int32_t> counts(size);
  for (int64_t i = 0; i < size; ++i) ++counts[random() % size];
  return counts;
}

void BM_Create(benchmark::State& state) {
  const Examples examples = MakeExamples(state.range(0), 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        RankedColumn::Create(examples.scores, examples.labels));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_Auroc(benchmark::State& state) {
  const RankedColumn column = MakeColumn(state.range(0), 1);
  const std::vector<int32_t> counts = MakeCounts(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(column.Auroc(counts));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_AveragePrecision(benchmark::State& state) {
  const RankedColumn column = MakeColumn(state.range(0), 1);
  const std::vector<int32_t> counts = MakeCounts(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(column.AveragePrecision(counts));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

// The area under the curve of the resample written out, sorted and walked.
double AurocBySorting(const Examples& examples, Counts counts) {
  std::vector<std::pair<double, uint8_t>> resample;
  for (size_t i = 0; i < counts.size(); ++i) {
    resample.insert(resample.end(), counts[i],
                    {examples.scores[i], examples.labels[i]});
  }
  std::sort(resample.begin(), resample.end());
  int64_t negatives = 0;
  int64_t positives = 0;
  int64_t twice_concordant = 0;
  for (size_t begin = 0, end = 0; begin < resample.size(); begin = end) {
    int64_t tied[2] = {0, 0};
    while (end < resample.size() &&
           resample[end].first == resample[begin].first) {
      ++tied[resample[end++].second];
    }
    twice_concordant += tied[1] * (2 * negatives + tied[0]);
    negatives += tied[0];
    positives += tied[1];
  }
  return static_cast<double>(twice_concordant) /
         static_cast<double>(2 * positives * negatives);
}

void BM_AurocBySorting(benchmark::State& state) {
  const Examples examples = MakeExamples(state.range(0), 1);
  const std::vector<int32_t> counts = MakeCounts(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(AurocBySorting(examples, counts));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(BM_Create)->Arg(1000)->Arg(25596);
BENCHMARK(BM_Auroc)->Arg(1000)->Arg(25596);
BENCHMARK(BM_AveragePrecision)->Arg(1000)->Arg(25596);
BENCHMARK(BM_AurocBySorting)->Arg(1000)->Arg(25596);

}  // namespace
}  // namespace cxr::metrics
