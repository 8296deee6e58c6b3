// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What a training step does after the backward pass: clip, AdamW and the
// teacher's moving average, of ViT-S with registers at patches of 14 and
// images of 518 (22.1 M parameters). testdata/adamw_peer.py times PyTorch's.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "ATen/Parallel.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "cxr/train/adamw.h"
#include "cxr/train/parameter_store.h"
#include "cxr/train/pretrain_rules.h"

namespace cxr {
namespace {

constexpr int64_t kDepth = 12;
constexpr int64_t kWidth = 384;

std::vector<NamedParameter> SmallBackbone() {
  std::vector<NamedParameter> parameters;
  const auto add = [&](const std::string& name, at::IntArrayRef shape) {
    parameters.push_back(
        {.name = name,
         .tensor = at::zeros(shape),
         .rule = RuleOf("backbone", name,
                        {.depth = kDepth, .patch_embed_multiplier = 0.2})});
  };
  const auto add_linear = [&](const std::string& name, int64_t out,
                              int64_t in) {
    add(absl::StrCat(name, ".weight"), {out, in});
    add(absl::StrCat(name, ".bias"), {out});
  };
  add("cls_token", {1, 1, kWidth});
  add("pos_embed", {1, 1370, kWidth});
  add("register_tokens", {1, 4, kWidth});
  add("mask_token", {1, kWidth});
  add_linear("patch_embed.proj", kWidth, 3 * 14 * 14);
  for (int64_t i = 0; i < kDepth; ++i) {
    const std::string block = absl::StrCat("blocks.", i, ".");
    for (const char* name : {"norm1.weight", "norm1.bias", "ls1.gamma",
                             "norm2.weight", "norm2.bias", "ls2.gamma"}) {
      add(block + name, {kWidth});
    }
    add_linear(block + "attn.qkv", 3 * kWidth, kWidth);
    add_linear(block + "attn.proj", kWidth, kWidth);
    add_linear(block + "mlp.fc1", 4 * kWidth, kWidth);
    add_linear(block + "mlp.fc2", kWidth, 4 * kWidth);
  }
  add("norm.weight", {kWidth});
  add("norm.bias", {kWidth});
  return parameters;
}

// A student with gradients, its teacher and its optimiser.
struct Training {
  ParameterStore student{SmallBackbone(), /*gradients=*/true};
  ParameterStore teacher{SmallBackbone(), /*gradients=*/false};
  AdamW adamw{student, {}};

  Training() {
    for (ParameterBlock& block : student.blocks()) {
      block.values.fill_(0.02);
      block.gradients.fill_(0.02);
    }
  }
};

enum Part : int64_t { kAll, kClip, kAdamW, kAverage };

// The part, and the threads it may use.
void BM_AfterBackward(benchmark::State& state) {
  Training training;
  const int64_t part = state.range(0);
  at::set_num_threads(static_cast<int>(state.range(1)));
  for (auto _ : state) {
    if (part == kAll || part == kClip) ClipGradients(training.student, 3);
    if (part == kAll || part == kAdamW) {
      training.adamw.Step(training.student, {.learning_rate = 1e-4,
                                             .prototype_learning_rate = 1e-4,
                                             .weight_decay = 0.04});
    }
    if (part == kAll || part == kAverage) {
      MoveAverage(training.teacher, training.student, 0.999);
    }
  }
  state.SetItemsProcessed(state.iterations() * training.student.numel());
}
BENCHMARK(BM_AfterBackward)
    ->ArgNames({"part", "threads"})
    ->ArgsProduct({{kAll, kClip, kAdamW, kAverage}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace cxr
