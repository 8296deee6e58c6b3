// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What the numbers of one image of 518 x 518 pixels cost: the jobs that
// testdata/peer_segmentation.py gives to torch, torchmetrics, MONAI, scipy and
// surface-distance.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "benchmark/benchmark.h"
#include "metrics/segmentation/distance_transform.h"
#include "metrics/segmentation/overlap_counts.h"
#include "metrics/segmentation/overlap_score.h"
#include "metrics/segmentation/random_masks_testing.h"
#include "metrics/segmentation/surface_distance.h"

namespace cxr::metrics {
namespace {

constexpr int64_t kSize = 518;
constexpr int kClasses = 4;
constexpr int64_t kShift = 6;

std::vector<float> MakeLogits() {
  const std::vector<uint8_t> labels = ChestLabels(kSize, kShift);
  std::vector<float> logits(kClasses * labels.size());
  TestDraws draws(1);
  for (size_t i = 0; i < logits.size(); ++i) {
    const size_t label = labels[i % labels.size()];
    logits[i] = static_cast<float>(draws.Draw(1000)) / 250.0f +
                (i / labels.size() == label ? 3.0f : 0.0f);
  }
  return logits;
}

std::vector<uint8_t> MakeLungs(int64_t shift) {
  std::vector<uint8_t> mask = ChestLabels(kSize, shift);
  for (uint8_t& pixel : mask) pixel = pixel == 1 || pixel == 2;
  return mask;
}

// Logits to the Dice of each class.
void BM_DiceOfLogits(benchmark::State& state) {
  const std::vector<float> logits = MakeLogits();
  const std::vector<uint8_t> truth = ChestLabels(kSize, 0);
  for (auto _ : state) {
    OverlapAccumulator dice = *OverlapAccumulator::Create(kClasses, {});
    benchmark::DoNotOptimize(
        dice.Add(*CountLogits(logits, truth, kClasses)).ok());
    benchmark::DoNotOptimize(dice.Finish());
  }
  state.SetBytesProcessed(state.iterations() * std::ssize(logits) *
                          static_cast<int64_t>(sizeof(float)));
}

void BM_CountLabels(benchmark::State& state) {
  const std::vector<uint8_t> predicted = ChestLabels(kSize, kShift);
  const std::vector<uint8_t> truth = ChestLabels(kSize, 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(CountLabels(predicted, truth, kClasses));
  }
  state.SetItemsProcessed(state.iterations() * std::ssize(truth));
}

void BM_DistanceTransform(benchmark::State& state) {
  const std::vector<uint8_t> mask = MakeLungs(0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(DistanceTransform({mask, kSize, kSize}));
  }
  state.SetItemsProcessed(state.iterations() * std::ssize(mask));
}

void BM_EdgeHausdorff95(benchmark::State& state) {
  const std::vector<uint8_t> predicted = MakeLungs(state.range(0));
  const std::vector<uint8_t> truth = MakeLungs(0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        EdgeDistances::Create({predicted, kSize, kSize}, {truth, kSize, kSize})
            ->HausdorffAtPercentile(95.0));
  }
}

void BM_ContourHausdorff95(benchmark::State& state) {
  const std::vector<uint8_t> predicted = MakeLungs(state.range(0));
  const std::vector<uint8_t> truth = MakeLungs(0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(ContourDistances::Create({predicted, kSize, kSize},
                                                      {truth, kSize, kSize})
                                 ->RobustHausdorff(95.0));
  }
}

// Every second pixel is an edge, and all are far from the other mask.
void BM_EdgeHausdorff95OfNoise(benchmark::State& state) {
  std::vector<uint8_t> noise(kSize * kSize);
  TestDraws draws(2);
  std::generate(noise.begin(), noise.end(),
                [&draws] { return static_cast<uint8_t>(draws.Draw(2)); });
  std::vector<uint8_t> corner(noise.size());
  corner[0] = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        EdgeDistances::Create({noise, kSize, kSize}, {corner, kSize, kSize})
            ->HausdorffAtPercentile(95.0));
  }
}

BENCHMARK(BM_DiceOfLogits)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_CountLabels)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_DistanceTransform)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_EdgeHausdorff95)
    ->Arg(2)
    ->Arg(6)
    ->Arg(40)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_ContourHausdorff95)->Arg(6)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_EdgeHausdorff95OfNoise)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cxr::metrics
