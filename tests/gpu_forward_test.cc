// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gpu_forward.h"

#include <gtest/gtest.h>

#include <limits>

#include "ATen/ops/equal.h"
#include "c10/core/GradMode.h"
#include "cxr/model/random_weights.h"

namespace cxr::tests {
namespace {

constexpr c10::DeviceType kCpu = c10::DeviceType::CPU;

GpuCheckOptions TinyOptions() {
  Vit vit(VitOptions{.width = 16, .depth = 2, .heads = 2, .position_grid = 3});
  FillRandomWeights(*vit, {.seed = 1});
  return {.models = {{"tiny", vit}}, .image_pixels = 42, .crop_pixels = 28};
}

TEST(GpuForwardTest, TheCpuAgreesWithItself) {
  const Json report = CheckParity(TinyOptions());
  EXPECT_EQ(report["ok"], true);
  for (const char* pixels : {"42", "28"}) {
    EXPECT_EQ(report["tiny"][pixels]["largest_absolute"], 0) << report;
  }
}

TEST(GpuForwardTest, ABrokenWeightIsNoParity) {
  GpuCheckOptions options = TinyOptions();
  const c10::NoGradGuard no_grad;
  options.models[0].vit->parameters().front().fill_(
      std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(CheckParity(options)["ok"], false);
  EXPECT_EQ(CheckBfloat16(options)["ok"], false);
}

TEST(GpuForwardTest, BfloatIsNearAndNotEqual) {
  const Json report = CheckBfloat16(TinyOptions());
  EXPECT_EQ(report["ok"], true) << report;
  for (const char* mode : {"autocast", "bf16"}) {
    const double relative = report["tiny"][mode]["relative"];
    EXPECT_GT(relative, 1e-4) << mode;
    EXPECT_LT(relative, 0.03) << mode;
  }
}

TEST(GpuForwardTest, TheCpuRepeatsItself) {
  const Json report = CheckDoubleRun(TinyOptions());
  EXPECT_EQ(report["ok"], true) << report;
  EXPECT_EQ(report["tiny"]["gradients_equal"], true);
}

TEST(GpuForwardTest, ACopyHasTheWeightsInItsType) {
  const GpuCheckOptions options = TinyOptions();
  const Vit& vit = options.models[0].vit;
  const Vit copy = CopyOf(vit, kCpu, at::kBFloat16);
  const at::Tensor ours = vit->named_parameters()["blocks.1.attn.qkv.weight"];
  const at::Tensor theirs =
      copy->named_parameters()["blocks.1.attn.qkv.weight"];
  EXPECT_TRUE(at::equal(theirs, ours.to(at::kBFloat16)));
  EXPECT_GT(theirs.abs().max().item<float>(), 0);
}

TEST(GpuForwardTest, NoiseIsTheSameEveryTime) {
  const at::Tensor noise = NoiseImages(2, 14, kCpu);
  EXPECT_TRUE(at::equal(noise, NoiseImages(2, 14, kCpu)));
  EXPECT_NEAR(noise.std().item<double>(), 1, 0.1);
}

}  // namespace
}  // namespace cxr::tests
