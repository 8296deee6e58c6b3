// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gpu_pretrain.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "ATen/ops/empty.h"
#include "ATen/ops/full.h"
#include "ATen/ops/randn.h"
#include "ATen/ops/zeros.h"
#include "absl/status/status.h"
#include "c10/core/GradMode.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/distillation/projection_head.h"
#include "cxr/model/random_weights.h"
#include "cxr/model/testing.h"
#include "cxr/train/pretrain/pretrain_batch.h"
#include "cxr/train/pretrain/pretrainer.h"
#include "tests/gpu_speed.h"

namespace cxr::tests {
namespace {

constexpr double kMebibyte = 1 << 20;

struct StepShape {
  VitOptions vit;
  int64_t images = 0;
  int64_t group_images = 0;
  int64_t local_count = 0;
  int64_t global_pixels = 0;
  int64_t local_pixels = 0;
  int64_t prototypes = 0;
  int64_t hidden_width = 2048;
  int64_t bottleneck_width = 256;
};

PretrainerOptions OptionsOf(const StepShape& shape, c10::Device device,
                            at::ScalarType compute_type) {
  const ProjectionHeadOptions head = {
      .input_width = shape.vit.width,
      .hidden_width = shape.hidden_width,
      .bottleneck_width = shape.bottleneck_width,
      .prototypes = shape.prototypes};
  PretrainerOptions options = {
      .network = {.backbone = shape.vit, .dino_head = head, .ibot_head = head},
      .rules = {.depth = shape.vit.depth},
      .schedule = {.steps_per_epoch = 10,
                   .epochs = 1000,
                   .learning_rate = 1e-4,
                   .min_learning_rate = 1e-6,
                   .momentum_start = 0.999,
                   .momentum_end = 0.999,
                   .teacher_temperature_start = 0.04,
                   .teacher_temperature_end = 0.07,
                   .teacher_warmup_epochs = 30},
      .max_gradient_norm = 3,
      .device = device};
  options.losses.global_images = shape.images;
  options.losses.compute_type = compute_type;
  options.losses.chunk_rows =
      std::max<int64_t>(1, (int64_t{1} << 26) / shape.prototypes);
  return options;
}

// A pretrainer with weights as they are drawn for a run.
Pretrainer MakePretrainer(const PretrainerOptions& options) {
  const c10::NoGradGuard no_grad;
  DistillationNetwork drawn(options.network);
  FillRandomWeights(*drawn->backbone, {.seed = 7});
  FillProjectionHead(*drawn->dino_head, 8);
  FillProjectionHead(*drawn->ibot_head, 9);
  Pretrainer pretrainer(options);
  auto parameters = pretrainer.student().named_parameters();
  for (const auto& each : drawn->named_parameters()) {
    parameters[each.key()].copy_(each.value());
  }
  pretrainer.CopyToTeacher();
  return pretrainer;
}

at::Tensor Noise(const std::vector<int64_t>& shape, const std::string& name) {
  at::Tensor noise = at::empty(shape, at::kFloat);
  FillByFormula(noise, name, 1, 0);
  return noise;
}

// Every second crop lacks a third of its patches.
PretrainBatch MakeBatch(const StepShape& shape, c10::Device device,
                        bool by_formula) {
  PretrainBatch batch = {.images = shape.images,
                         .group_images = shape.group_images,
                         .local_count = shape.local_count};
  const auto crops = [&](int64_t rows, int64_t side, const std::string& name) {
    const std::vector<int64_t> sizes = {rows, 3, side, side};
    return by_formula ? Noise(sizes, name).to(device)
                      : at::randn(sizes, at::TensorOptions(device));
  };
  batch.global_crops = crops(2 * shape.images, shape.global_pixels, "global");
  batch.local_crops =
      crops(shape.local_count * shape.images, shape.local_pixels, "local");
  const int64_t side = shape.global_pixels / shape.vit.patch_size_pixels;
  const int64_t patches = side * side;
  const int64_t masked = patches / 3;
  at::Tensor masks = at::zeros({2 * shape.images, patches}, at::kBool);
  for (int64_t row = 0; row < 2 * shape.images; row += 2) {
    masks[row].narrow(0, row % (patches - masked), masked).fill_(true);
  }
  batch.masks = masks.to(device);
  batch.masked_patches = masks.flatten().nonzero().flatten().to(device);
  batch.mask_weights =
      at::full({batch.masked_patches.size(0)},
               1.0 / static_cast<double>(masked), at::TensorOptions(device));
  const int64_t groups = shape.images / shape.group_images;
  for (int64_t q = 0; q <= groups; ++q) {
    batch.group_starts.push_back(batch.masked_patches.size(0) / groups * q);
  }
  return batch;
}

std::vector<double> LossesOn(c10::Device device) {
  const StepShape shape = {
      .vit = {.width = 64, .depth = 2, .heads = 2, .position_grid = 5},
      .images = 4,
      .group_images = 2,
      .local_count = 2,
      .global_pixels = 70,
      .local_pixels = 42,
      .prototypes = 100,
      .hidden_width = 48,
      .bottleneck_width = 32};
  Pretrainer pretrainer = MakePretrainer(OptionsOf(shape, device, at::kFloat));
  const PretrainBatch batch = MakeBatch(shape, device, /*by_formula=*/true);
  std::vector<double> losses;
  for (int64_t step = 0; step < 5; ++step) {
    const StepReport report = pretrainer.Step({batch}, step).Read();
    losses.insert(losses.end(), {report.dino_local, report.dino_global,
                                 report.ibot, report.koleo});
  }
  return losses;
}

struct StepCase {
  std::string model;
  StepShape shape;
};

std::vector<StepCase> Cases(const GpuCheckOptions& options) {
  std::vector<StepCase> cases;
  const bool paper = options.image_pixels == 518;
  for (const NamedVit& model : options.models) {
    const StepShape shape = {.vit = model.vit->options(),
                             .images = paper ? 32 : 2,
                             .group_images = paper ? 32 : 2,
                             .local_count = 8,
                             .global_pixels = options.image_pixels,
                             .local_pixels = paper ? 98 : 42,
                             .prototypes = paper ? 16384 : 64};
    cases.push_back({.model = model.name, .shape = shape});
    if (!paper) continue;
    cases.push_back(cases.back());
    cases.back().shape.prototypes = 131072;
  }
  return cases;
}

void AddFigures(const StepShape& shape, const GpuCheckOptions& options,
                Json* row) {
  ResetPeakMemory(options.device);
  Pretrainer pretrainer =
      MakePretrainer(OptionsOf(shape, options.device, at::kBFloat16));
  const PretrainBatch batch =
      MakeBatch(shape, options.device, /*by_formula=*/false);
  int64_t step = 0;
  const double seconds =
      MedianSeconds(options, [&] { pretrainer.Step({batch}, step++).Read(); });
  (*row)["milliseconds"] = 1e3 * seconds;
  (*row)["images_per_second"] = static_cast<double>(shape.images) / seconds;
  (*row)["peak_memory_mib"] =
      static_cast<double>(PeakMemoryBytes(options.device)) / kMebibyte;
}

}  // namespace

Json CheckPretrainParity(const GpuCheckOptions& options) {
  const std::vector<double> expected = LossesOn(at::kCPU);
  const std::vector<double> found = LossesOn(options.device);
  double largest = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    largest = std::max(largest, std::abs(found[i] - expected[i]) /
                                    std::max(1.0, std::abs(expected[i])));
  }
  return {{"ok", largest < 1e-3}, {"largest", largest}};
}

Json MeasurePretrain(const GpuCheckOptions& options) {
  Json report = {{"ok", true}, {"rows", Json::array()}};
  for (const StepCase& one : Cases(options)) {
    Json row = {{"model", one.model},
                {"images", one.shape.images},
                {"prototypes", one.shape.prototypes}};
    const absl::Status status = CatchTorch(
        "pretraining step", [&] { AddFigures(one.shape, options, &row); });
    if (!status.ok()) {
      row["error"] = std::string(status.message());
      report["ok"] = false;
    }
    report["rows"].push_back(row);
  }
  return report;
}

}  // namespace cxr::tests
