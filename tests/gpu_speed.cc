// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gpu_speed.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ATen/Context.h"
#include "ATen/SDPBackend.h"
#include "ATen/ops/_fused_sdp_choice.h"
#include "ATen/ops/randn.h"
#include "ATen/ops/scaled_dot_product_attention.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "c10/core/GradMode.h"
#include "cxr/base/check.h"
#include "cxr/base/torch_autocast.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/cost/ledger.h"
#include "cxr/cost/vit_cost.h"
#include "cxr/spec/backbone.pb.h"
#include "tests/gpu_forward.h"

namespace cxr::tests {
namespace {

constexpr double kMebibyte = 1 << 20;

struct AttentionKind {
  absl::string_view name;
  at::SDPBackend backend;
  void (at::Context::*allow)(bool);
  bool on_cpu;
};

constexpr AttentionKind kAttentionKinds[] = {
    {"flash", at::SDPBackend::flash_attention, &at::Context::setSDPUseFlash,
     /*on_cpu=*/true},
    {"efficient", at::SDPBackend::efficient_attention,
     &at::Context::setSDPUseMemEfficient, /*on_cpu=*/false},
    {"cudnn", at::SDPBackend::cudnn_attention, &at::Context::setSDPUseCuDNN,
     /*on_cpu=*/false},
    {"math", at::SDPBackend::math, &at::Context::setSDPUseMath,
     /*on_cpu=*/true},
};

std::string NameOf(at::SDPBackend backend) {
  for (const AttentionKind& kind : kAttentionKinds) {
    if (kind.backend == backend) return std::string(kind.name);
  }
  return "none";
}

struct AttentionInput {
  at::Tensor queries, keys, values;  // (B, heads, N, C / heads), bfloat16
};

std::string ChosenFor(const AttentionInput& input) {
  return NameOf(static_cast<at::SDPBackend>(
      at::_fused_sdp_choice(input.queries, input.keys, input.values)));
}

int64_t TokensOf(const VitOptions& vit, int64_t pixels) {
  const int64_t side = pixels / vit.patch_size_pixels;
  return 1 + vit.registers + side * side;
}

// Laid out in memory as the backbone's are.
AttentionInput MakeAttentionInput(const VitOptions& vit, int64_t batch,
                                  const GpuCheckOptions& options) {
  const at::Tensor qkv =
      at::randn({batch, TokensOf(vit, options.image_pixels), 3, vit.heads,
                 vit.width / vit.heads},
                at::TensorOptions().device(options.device).dtype(at::kBFloat16))
          .permute({2, 0, 3, 1, 4});
  return {.queries = qkv[0], .keys = qkv[1], .values = qkv[2]};
}

// Milliseconds, or the reason why this device has no such attention.
Json TimeOf(absl::string_view kind, const AttentionInput& input,
            const GpuCheckOptions& options) {
  const absl::StatusOr<double> seconds = CatchTorch("attention", [&] {
    const AttentionChoice choice(kind);
    return MedianSeconds(options, [&] {
      at::scaled_dot_product_attention(input.queries, input.keys, input.values);
    });
  });
  if (seconds.ok()) return 1e3 * *seconds;
  return std::string(seconds.status().message());
}

// Operations of one image's forward pass.
double FlopsOf(const VitOptions& options, int64_t pixels) {
  spec::VitSpec vit;
  vit.set_width(static_cast<int32_t>(options.width));
  vit.set_depth(static_cast<int32_t>(options.depth));
  vit.set_heads(static_cast<int32_t>(options.heads));
  vit.set_mlp_ratio(static_cast<int32_t>(options.mlp_ratio));
  vit.set_patch_size_pixels(static_cast<int32_t>(options.patch_size_pixels));
  return VitForward(vit, static_cast<int>(pixels),
                    static_cast<int>(options.registers))
      .Flops();
}

enum class Mode { kAutocast, kBfloat16 };

struct ForwardCase {
  const NamedVit& model;
  Mode mode;
  absl::string_view sdpa;
  int64_t batch;
};

void AddFigures(const ForwardCase& which, const GpuCheckOptions& options,
                Json* row) {
  const c10::NoGradGuard no_grad;
  const AttentionChoice choice(which.sdpa);
  const c10::ScalarType type =
      which.mode == Mode::kBfloat16 ? at::kBFloat16 : at::kFloat;
  ResetPeakMemory(options.device);
  Vit vit = CopyOf(which.model.vit, options.device, type);
  const at::Tensor images =
      at::randn({which.batch, 3, options.image_pixels, options.image_pixels},
                at::TensorOptions().device(options.device).dtype(type));
  const double seconds = MedianSeconds(options, [&] {
    std::optional<Autocast> autocast;
    if (which.mode == Mode::kAutocast) {
      autocast.emplace(options.device.type(), at::kBFloat16);
    }
    vit(images);
  });
  const double per_second = static_cast<double>(which.batch) / seconds;
  (*row)["milliseconds"] = 1e3 * seconds;
  (*row)["images_per_second"] = per_second;
  (*row)["tflop_per_second"] =
      1e-12 * per_second * FlopsOf(vit->options(), options.image_pixels);
  (*row)["peak_memory_mib"] =
      static_cast<double>(PeakMemoryBytes(options.device)) / kMebibyte;
}

// A batch that does not fit must not hide the figures of those that do.
Json MeasureCase(const ForwardCase& which, const GpuCheckOptions& options) {
  Json row = {{"model", which.model.name},
              {"mode", which.mode == Mode::kAutocast ? "autocast" : "bf16"},
              {"sdpa", std::string(which.sdpa)},
              {"batch", which.batch}};
  const absl::Status status =
      CatchTorch("forward", [&] { AddFigures(which, options, &row); });
  if (!status.ok()) row["error"] = std::string(status.message());
  return row;
}

double GigabytesPerSecond(const at::Tensor& from,
                          const GpuCheckOptions& options) {
  const double seconds = MedianSeconds(options, [&] {
    from.to(options.device, at::kFloat, /*non_blocking=*/true);
  });
  return 1e-9 * static_cast<double>(from.nbytes()) / seconds;
}

}  // namespace

double MedianSeconds(const GpuCheckOptions& options,
                     absl::FunctionRef<void()> function) {
  using Clock = std::chrono::steady_clock;
  for (int i = 0; i < options.warmups; ++i) function();
  std::vector<double> seconds;
  for (int i = 0; i < options.repeats; ++i) {
    Synchronize(options.device);
    const Clock::time_point start = Clock::now();
    function();
    Synchronize(options.device);
    seconds.push_back(
        std::chrono::duration<double>(Clock::now() - start).count());
  }
  const auto middle = seconds.begin() + std::ssize(seconds) / 2;
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

AttentionChoice::AttentionChoice(absl::string_view kind) {
  bool known = kind == "default";
  for (const AttentionKind& other : kAttentionKinds) {
    (at::globalContext().*other.allow)(kind == "default" || kind == other.name);
    known = known || kind == other.name;
  }
  CXR_CHECK(known) << "no kind of attention: " << kind;
}

AttentionChoice::~AttentionChoice() {
  for (const AttentionKind& kind : kAttentionKinds) {
    (at::globalContext().*kind.allow)(true);
  }
}

Json MeasureAttention(const GpuCheckOptions& options) {
  const c10::NoGradGuard no_grad;
  Json report = {{"batch", options.speed_batches.front()}};
  for (const NamedVit& model : options.models) {
    const AttentionInput input = MakeAttentionInput(
        model.vit->options(), options.speed_batches.front(), options);
    Json& row = report[model.name];
    row["chosen"] = ChosenFor(input);
    for (const AttentionKind& kind : kAttentionKinds) {
      if (options.device.is_cpu() && !kind.on_cpu) continue;
      row["milliseconds"][std::string(kind.name)] =
          TimeOf(kind.name, input, options);
    }
  }
  return report;
}

Json MeasureForward(const GpuCheckOptions& options) {
  Json report = {{"ok", true},
                 {"image_pixels", options.image_pixels},
                 {"rows", Json::array()}};
  std::vector<absl::string_view> kinds = {"default"};
  if (options.device.is_cuda()) kinds.push_back("cudnn");
  for (const NamedVit& model : options.models) {
    for (const Mode mode : {Mode::kAutocast, Mode::kBfloat16}) {
      for (const absl::string_view sdpa : kinds) {
        for (const int64_t batch : options.speed_batches) {
          const Json row = MeasureCase(
              {.model = model, .mode = mode, .sdpa = sdpa, .batch = batch},
              options);
          if (row.contains("error")) report["ok"] = false;
          report["rows"].push_back(row);
        }
      }
    }
  }
  return report;
}

Json MeasureTransfer(const GpuCheckOptions& options) {
  if (!options.device.is_cuda()) return Json::object();
  const at::Tensor images =
      NoiseImages(options.speed_batches.back(), options.image_pixels,
                  c10::Device(c10::DeviceType::CPU));
  return {{"plain_gb_per_second", GigabytesPerSecond(images, options)},
          {"pinned_gb_per_second",
           GigabytesPerSecond(images.pin_memory(), options)}};
}

}  // namespace cxr::tests
