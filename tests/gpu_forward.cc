// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gpu_forward.h"

#include <string>
#include <vector>

#include "ATen/CPUGeneratorImpl.h"
#include "ATen/Context.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/randn.h"
#include "c10/core/GradMode.h"
#include "cxr/base/torch_autocast.h"

namespace cxr::tests {
namespace {

constexpr uint64_t kNoiseSeed = 518;
constexpr double kParityLimit = 1e-3;
constexpr double kBfloat16Limit = 0.05;

struct Difference {
  double largest = 0;   // absolute
  double relative = 0;  // ||a - b|| / ||b||
};

Difference Compare(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor difference = a.sub(b);
  return {.largest = difference.abs().max().item<double>(),
          .relative = difference.norm().div(b.norm()).item<double>()};
}

Json ToJson(const Difference& difference) {
  return {{"largest_absolute", difference.largest},
          {"relative", difference.relative}};
}

at::Tensor AllTokens(const VitFeatures& features) {
  return at::cat(
      {features.cls.unsqueeze(1), features.registers, features.patches}, 1);
}

// Deterministic kernels for a scope; those who have none only warn.
class DeterministicKernels {
 public:
  explicit DeterministicKernels(bool wanted)
      : before_(at::globalContext().deterministicAlgorithms()) {
    at::globalContext().setDeterministicAlgorithms(wanted, /*warn_only=*/true);
  }
  ~DeterministicKernels() {
    at::globalContext().setDeterministicAlgorithms(before_,
                                                   /*warn_only=*/false);
  }
  DeterministicKernels(const DeterministicKernels&) = delete;
  DeterministicKernels& operator=(const DeterministicKernels&) = delete;

 private:
  bool before_;
};

// The tokens, then the gradient of each parameter that has one.
std::vector<at::Tensor> TokensAndGradients(Vit vit, const at::Tensor& images) {
  for (at::Tensor& parameter : vit->parameters()) {
    parameter.mutable_grad().reset();
  }
  at::Tensor tokens;
  {
    const Autocast bf16(images.device().type(), at::kBFloat16);
    tokens = AllTokens(vit(images));
  }
  tokens.square().mean().backward();
  std::vector<at::Tensor> results = {tokens.detach()};
  for (const at::Tensor& parameter : vit->parameters()) {
    if (parameter.grad().defined()) results.push_back(parameter.grad());
  }
  return results;
}

struct Repeated {
  bool tokens = false;  // equal in every bit
  bool gradients = false;
};

Repeated RunTwice(const Vit& vit, const at::Tensor& images,
                  bool deterministic) {
  const DeterministicKernels kernels(deterministic);
  const std::vector<at::Tensor> first = TokensAndGradients(vit, images);
  const std::vector<at::Tensor> second = TokensAndGradients(vit, images);
  Repeated equal = {.tokens = at::equal(first[0], second[0]),
                    .gradients = first.size() == second.size()};
  for (size_t i = 1; equal.gradients && i < first.size(); ++i) {
    equal.gradients = at::equal(first[i], second[i]);
  }
  return equal;
}

}  // namespace

Vit CopyOf(const Vit& vit, c10::Device device, c10::ScalarType type) {
  const c10::NoGradGuard no_grad;
  Vit copy(vit->options());
  copy->to(device, type);
  const std::vector<at::Tensor> from = vit->parameters();
  std::vector<at::Tensor> to = copy->parameters();
  for (size_t i = 0; i < to.size(); ++i) to[i].copy_(from[i]);
  return copy;
}

at::Tensor NoiseImages(int64_t batch, int64_t pixels, c10::Device device) {
  const at::Generator generator = at::detail::createCPUGenerator(kNoiseSeed);
  return at::randn({batch, 3, pixels, pixels}, generator).to(device);
}

at::Tensor ForwardTokens(Vit vit, const at::Tensor& images) {
  const c10::NoGradGuard no_grad;
  return AllTokens(vit(images)).to(at::kCPU, at::kFloat);
}

Json CheckParity(const GpuCheckOptions& options) {
  Json report = {{"ok", true}, {"limit_absolute", kParityLimit}};
  const c10::Device cpu(c10::DeviceType::CPU);
  for (const NamedVit& model : options.models) {
    const Vit copy = CopyOf(model.vit, options.device, at::kFloat);
    for (const int64_t pixels : {options.image_pixels, options.crop_pixels}) {
      const at::Tensor images = NoiseImages(options.parity_batch, pixels, cpu);
      const Difference difference =
          Compare(ForwardTokens(copy, images.to(options.device)),
                  ForwardTokens(model.vit, images));
      report[model.name][std::to_string(pixels)] = ToJson(difference);
      if (!(difference.largest <= kParityLimit)) report["ok"] = false;
    }
  }
  return report;
}

Json CheckBfloat16(const GpuCheckOptions& options) {
  Json report = {{"ok", true}, {"limit_relative", kBfloat16Limit}};
  const at::Tensor images =
      NoiseImages(options.parity_batch, options.image_pixels, options.device);
  for (const NamedVit& model : options.models) {
    const Vit full = CopyOf(model.vit, options.device, at::kFloat);
    const Vit half = CopyOf(model.vit, options.device, at::kBFloat16);
    const at::Tensor exact = ForwardTokens(full, images);
    at::Tensor autocast;
    {
      const Autocast bf16(options.device.type(), at::kBFloat16);
      autocast = ForwardTokens(full, images);
    }
    const Difference mixed = Compare(autocast, exact);
    const Difference pure =
        Compare(ForwardTokens(half, images.to(at::kBFloat16)), exact);
    report[model.name] = {{"autocast", ToJson(mixed)}, {"bf16", ToJson(pure)}};
    // NaN is not ok either.
    const bool close = mixed.relative <= kBfloat16Limit &&
                       pure.relative <= kBfloat16Limit && mixed.relative > 0;
    if (!close) report["ok"] = false;
  }
  return report;
}

Json CheckDoubleRun(const GpuCheckOptions& options) {
  Json report = {{"ok", true}};
  const at::Tensor images =
      NoiseImages(options.parity_batch, options.image_pixels, options.device);
  for (const NamedVit& model : options.models) {
    const Vit copy = CopyOf(model.vit, options.device, at::kFloat);
    const Repeated usual = RunTwice(copy, images, /*deterministic=*/false);
    const Repeated forced = RunTwice(copy, images, /*deterministic=*/true);
    report[model.name] = {{"tokens_equal", usual.tokens},
                          {"gradients_equal", usual.gradients},
                          {"gradients_equal_if_forced", forced.gradients}};
    if (!usual.tokens) report["ok"] = false;
  }
  return report;
}

}  // namespace cxr::tests
