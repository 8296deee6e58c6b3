// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// A training step of the demo's backbones, S and B in small, on noise that is
// there already, with experiments/pretrain/base_s's and base_b's settings.
// tools/pretrain_peer.py times plain PyTorch's on the same noise.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "ATen/Parallel.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/full.h"
#include "ATen/ops/randn.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "cxr/base/keep_memory.h"
#include "cxr/model/distillation/projection_head.h"
#include "cxr/model/random_weights.h"
#include "cxr/train/pretrain/pretrain_batch.h"
#include "cxr/train/pretrain/pretrainer.h"

namespace cxr {
namespace {

constexpr int64_t kImages = 64;
constexpr int64_t kGlobalPixels = 112;
constexpr int64_t kLocalPixels = 56;
constexpr int64_t kLocalCount = 2;
constexpr int64_t kSide = kGlobalPixels / 14;
constexpr int64_t kPatches = kSide * kSide;

PretrainerOptions Options(bool is_base) {
  PretrainerOptions options;
  options.network.backbone = {.width = is_base ? 192 : 96,
                              .depth = is_base ? 6 : 4,
                              .heads = is_base ? 6 : 3,
                              .position_grid = kSide};
  options.network.dino_head = {.input_width = options.network.backbone.width,
                               .hidden_width = 512,
                               .bottleneck_width = 64,
                               .prototypes = 256};
  options.network.ibot_head = options.network.dino_head;
  options.losses.centering = Centering::kSinkhornKnopp;
  options.losses.global_images = kImages;
  options.rules = {.depth = options.network.backbone.depth,
                   .patch_embed_multiplier = 0.2};
  options.schedule = {.steps_per_epoch = 100,
                      .epochs = 1000,
                      .learning_rate = 1e-3,
                      .min_learning_rate = 1e-6,
                      .weight_decay = 0.04,
                      .weight_decay_end = 0.04,
                      .momentum_start = 0.99,
                      .momentum_end = 0.99,
                      .teacher_temperature_start = 0.04,
                      .teacher_temperature_end = 0.04};
  options.max_gradient_norm = 3;
  return options;
}

// Every second crop lacks 10 to 50 % of its patches.
PretrainBatch Batch() {
  PretrainBatch batch = {
      .images = kImages, .group_images = kImages, .local_count = kLocalCount};
  batch.global_crops =
      at::randn({2 * kImages, 3, kGlobalPixels, kGlobalPixels});
  batch.local_crops =
      at::randn({kLocalCount * kImages, 3, kLocalPixels, kLocalPixels});
  batch.masks = at::zeros({2 * kImages, kPatches}, at::kBool);
  std::vector<at::Tensor> weights;
  for (int64_t row = 0; row < 2 * kImages; row += 2) {
    const int64_t count = kPatches * (kImages + 2 * row) / (10 * kImages);
    batch.masks[row].narrow(0, row % (kPatches - count), count).fill_(true);
    weights.push_back(at::full({count}, 1.0 / static_cast<double>(count)));
  }
  batch.masked_patches = batch.masks.flatten().nonzero().flatten();
  batch.mask_weights = at::cat(weights);
  batch.group_starts = {0, batch.masked_patches.size(0)};
  return batch;
}

void BM_PretrainStep(benchmark::State& state) {
  KeepFreedMemory();  // As the process of a stage does.
  at::set_num_threads(static_cast<int>(state.range(1)));
  const PretrainerOptions options = Options(state.range(0) != 0);
  Pretrainer pretrainer(options);
  {
    const c10::NoGradGuard no_grad;
    FillRandomWeights(*pretrainer.student().backbone, {.seed = 1});
    FillProjectionHead(*pretrainer.student().dino_head, 2);
    FillProjectionHead(*pretrainer.student().ibot_head, 3);
    pretrainer.CopyToTeacher();
  }
  const PretrainBatch batch = Batch();
  int64_t step = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(pretrainer.Step({batch}, step++).Read());
  }
  state.SetItemsProcessed(state.iterations() * kImages);
}
BENCHMARK(BM_PretrainStep)
    ->ArgNames({"base", "threads"})
    ->ArgsProduct({{0, 1}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace cxr
