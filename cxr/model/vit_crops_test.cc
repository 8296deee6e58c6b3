// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "ATen/autocast_mode.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/stack.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"
#include "cxr/model/golden_testing.h"
#include "cxr/model/testing.h"
#include "cxr/model/vit.h"

namespace cxr {
namespace {

// The configuration of testdata/make_vit_crops_golden.py.
VitOptions Tiny() {
  return {.width = 32,
          .depth = 2,
          .heads = 4,
          .position_grid = 4,
          .interpolation = PositionInterpolation::kOffsetAsReleased};
}

// In float64, where equal formulas agree to more digits than a mistake leaves.
Vit MakeDouble() {
  Vit vit(Tiny());
  FillModuleByFormula(*vit);
  vit->to(at::kDouble);
  return vit;
}

at::Tensor Filled(const std::string& name, at::IntArrayRef shape) {
  at::Tensor values = at::zeros(shape);
  FillByFormula(values, name, 1, 0);
  return values.to(at::kDouble);
}

CropBatch GlobalCrops() {
  return {.images = Filled("global", {2, 3, 56, 56}),
          .masks = Filled("masks", {2, 16}) > 0.2};
}

CropBatch LocalCrops() {
  return {.images = Filled("local", {3, 3, 28, 28}), .masks = {}};
}

at::Tensor AllTokens(const VitFeatures& features) {
  return at::cat(
      {features.cls.unsqueeze(1), features.registers, features.patches}, 1);
}

// A scalar in which each number of `features` has a weight of its own.
at::Tensor Loss(const VitFeatures& features, const std::string& name) {
  const at::Tensor tokens = AllTokens(features);
  return (tokens * Filled(name + ".loss", tokens.sizes())).sum();
}

std::map<std::string, at::Tensor> Gradients(Vit& vit) {
  std::map<std::string, at::Tensor> gradients;
  for (const auto& parameter : vit->named_parameters()) {
    gradients[parameter.key()] = parameter.value().grad();
  }
  return gradients;
}

std::map<std::string, at::Tensor> LoadGolden() {
  return LoadNamedNumbers("cxr/model/testdata/vit_crops_golden.csv");
}

// The sum, the sum of squares and the first four values, as in the file.
at::Tensor Summary(const at::Tensor& gradient) {
  return at::cat({at::stack({gradient.sum(), gradient.square().sum()}),
                  gradient.flatten().narrow(0, 0, 4)});
}

TEST(VitCropsTest, TokensAndGradientsAreThoseOfDinov2sFormulas) {
  const std::map<std::string, at::Tensor> golden = LoadGolden();
  Vit vit = MakeDouble();
  const std::vector<VitFeatures> features =
      vit->ForwardCrops({GlobalCrops(), LocalCrops()});
  ASSERT_EQ(features.size(), 2u);
  EXPECT_LE(
      MaxAbsDifference(AllTokens(features[0]).flatten(), golden.at("global")),
      1e-9);
  EXPECT_LE(
      MaxAbsDifference(AllTokens(features[1]).flatten(), golden.at("local")),
      1e-9);
  (Loss(features[0], "global") + Loss(features[1], "local")).backward();
  for (const auto& [name, gradient] : Gradients(vit)) {
    ASSERT_TRUE(gradient.defined()) << name;
    const at::Tensor& expected = golden.at(name);
    EXPECT_LE(MaxAbsDifference(Summary(gradient), expected),
              1e-9 * expected.abs().max().item<double>())
        << name;
  }
}

TEST(VitCropsTest, PackedCropsGiveWhatSeparateOnesDo) {
  Vit packed = MakeDouble();
  Vit separate = MakeDouble();
  const CropBatch wide = {.images = Filled("wide", {1, 3, 42, 70}),
                          .masks = {}};
  const std::vector<CropBatch> crops = {LocalCrops(), GlobalCrops(), wide};
  const std::vector<std::string> names = {"local", "global", "wide"};
  const std::vector<VitFeatures> together = packed->ForwardCrops(crops);
  at::Tensor loss = at::zeros({}, at::kDouble);
  for (size_t i = 0; i < crops.size(); ++i) {
    loss = loss + Loss(together[i], names[i]);
    const VitFeatures alone = separate->ForwardCrops({crops[i]}).front();
    EXPECT_LE(MaxAbsDifference(AllTokens(together[i]), AllTokens(alone)), 1e-11)
        << names[i];
    Loss(alone, names[i]).backward();
  }
  loss.backward();
  const std::map<std::string, at::Tensor> expected = Gradients(separate);
  for (const auto& [name, gradient] : Gradients(packed)) {
    EXPECT_LE(MaxAbsDifference(gradient, expected.at(name)), 1e-10) << name;
  }
}

TEST(VitCropsTest, WithoutMasksCropsAreAnOrdinaryForward) {
  const c10::NoGradGuard no_grad;
  Vit vit = MakeDouble();
  const CropBatch local = LocalCrops();
  const std::vector<VitFeatures> twice = vit->ForwardCrops({local, local});
  const at::Tensor expected = AllTokens(vit(local.images));
  EXPECT_LE(MaxAbsDifference(AllTokens(twice[0]), expected), 1e-12);
  EXPECT_LE(MaxAbsDifference(AllTokens(twice[1]), expected), 1e-12);
}

TEST(VitCropsTest, PixelsOfMaskedPatchesDoNotCount) {
  const c10::NoGradGuard no_grad;
  Vit vit = MakeDouble();
  CropBatch crops = GlobalCrops();
  crops.masks = at::zeros({2, 16}, at::kBool);
  crops.masks[1][5] = true;  // Row 1, column 1 of the second image.
  const at::Tensor before = AllTokens(vit->ForwardCrops({crops}).front());
  crops.images[1].narrow(1, 14, 14).narrow(2, 14, 14).fill_(7);
  EXPECT_EQ(
      MaxAbsDifference(AllTokens(vit->ForwardCrops({crops}).front()), before),
      0);
  crops.images[1].narrow(1, 14, 14).narrow(2, 28, 14).fill_(7);
  EXPECT_GT(
      MaxAbsDifference(AllTokens(vit->ForwardCrops({crops}).front()), before),
      1e-3);
}

// Runs of linear maps and attention in bfloat16 while it lives.
class Autocast {
 public:
  Autocast() {
    at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    at::autocast::set_autocast_enabled(at::kCPU, true);
  }
  ~Autocast() {
    at::autocast::set_autocast_enabled(at::kCPU, false);
    at::autocast::clear_cache();
  }
};

TEST(VitCropsTest, AutocastToBfloat16StaysNearFloat32) {
  Vit vit(Tiny());
  FillModuleByFormula(*vit);
  CropBatch global = GlobalCrops();
  CropBatch local = LocalCrops();
  global.images = global.images.to(at::kFloat);
  local.images = local.images.to(at::kFloat);
  const VitFeatures exact = vit->ForwardCrops({global, local})[1];
  std::vector<VitFeatures> features;
  {
    const Autocast autocast;
    features = vit->ForwardCrops({global, local});
  }
  EXPECT_EQ(features[1].cls.scalar_type(), at::kFloat);
  const double error =
      (features[1].patches - exact.patches).square().mean().item<double>();
  EXPECT_GT(error, 1e-8);  // It was bfloat16.
  EXPECT_LT(error, 1e-2);  // Tokens have a variance near 1.
  (Loss(features[0], "global") + Loss(features[1], "local")).backward();
  for (const auto& [name, gradient] : Gradients(vit)) {
    ASSERT_TRUE(gradient.defined()) << name;
    EXPECT_EQ(gradient.scalar_type(), at::kFloat) << name;
    EXPECT_TRUE(gradient.isfinite().all().item<bool>()) << name;
  }
}

TEST(VitCropsTest, RefusesCropsItCannotUse) {
  Vit vit = MakeDouble();
  EXPECT_THROW(vit->ForwardCrops({}), c10::Error);
  CropBatch crops = GlobalCrops();
  crops.masks = crops.masks.narrow(1, 0, 15);
  EXPECT_THROW(vit->ForwardCrops({crops}), c10::Error);
  crops.masks = at::zeros({2, 16}, at::kLong);
  EXPECT_THROW(vit->ForwardCrops({crops}), c10::Error);
}

}  // namespace
}  // namespace cxr
