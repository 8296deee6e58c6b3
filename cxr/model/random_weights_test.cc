// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/random_weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "ATen/ops/equal.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"
#include "cxr/model/vit.h"

namespace cxr {
namespace {

std::map<std::string, at::Tensor> Filled(const VitOptions& vit_options,
                                         const RandomWeightsOptions& options) {
  Vit vit(vit_options);
  FillRandomWeights(*vit, options);
  std::map<std::string, at::Tensor> values;
  for (const auto& parameter : vit->named_parameters()) {
    values[parameter.key()] = parameter.value().detach();
  }
  return values;
}

constexpr VitOptions kTiny = {
    .width = 96, .depth = 2, .heads = 3, .position_grid = 8};

// Mean and standard deviation within five standard errors of a normal's.
void ExpectNormal(const at::Tensor& tensor, double std, const char* name) {
  const double n = static_cast<double>(tensor.numel());
  EXPECT_NEAR(tensor.mean().item<double>(), 0, 5 * std / std::sqrt(n)) << name;
  const double rms = std::sqrt(tensor.square().mean().item<double>());
  EXPECT_NEAR(rms / std, 1, 5 / std::sqrt(2 * n)) << name;
}

TEST(RandomWeightsTest, LinearWeightsAndTokensAreNormal) {
  std::map<std::string, at::Tensor> values = Filled(kTiny, {.seed = 1});
  for (const char* name :
       {"blocks.0.attn.qkv.weight", "blocks.0.attn.proj.weight",
        "blocks.1.mlp.fc1.weight", "blocks.1.mlp.fc2.weight", "pos_embed"}) {
    ExpectNormal(values.at(name), 0.02, name);
    EXPECT_LE(values.at(name).abs().max().item<double>(), 2) << name;
  }
  ExpectNormal(values.at("cls_token"), 1e-6, "cls_token");
  ExpectNormal(values.at("register_tokens"), 1e-6, "register_tokens");
}

TEST(RandomWeightsTest, DeviationsAreTheOptions) {
  std::map<std::string, at::Tensor> values =
      Filled(kTiny, {.seed = 1, .linear_std = 0.1, .position_std = 1});
  ExpectNormal(values.at("blocks.0.mlp.fc1.weight"), 0.1, "fc1");
  ExpectNormal(values.at("pos_embed"), 1, "pos_embed");
}

TEST(RandomWeightsTest, ConstantsAreDinov2s) {
  std::map<std::string, at::Tensor> values =
      Filled(kTiny, {.seed = 1, .layer_scale_init = 1e-5});
  const auto expect_all = [&](const char* name, float expected) {
    EXPECT_TRUE((values.at(name) == expected).all().item<bool>()) << name;
  };
  expect_all("mask_token", 0);
  expect_all("blocks.0.attn.qkv.bias", 0);
  expect_all("blocks.1.mlp.fc2.bias", 0);
  expect_all("blocks.0.norm1.weight", 1);
  expect_all("blocks.0.norm2.bias", 0);
  expect_all("norm.weight", 1);
  expect_all("norm.bias", 0);
  expect_all("blocks.0.ls1.gamma", 1e-5f);
  expect_all("blocks.1.ls2.gamma", 1e-5f);
}

TEST(RandomWeightsTest, PatchProjectionIsUniformAsTorchsConvolution) {
  std::map<std::string, at::Tensor> values = Filled(kTiny, {.seed = 2});
  const double bound = 1 / std::sqrt(3.0 * 14 * 14);
  const at::Tensor& weight = values.at("patch_embed.proj.weight");
  const at::Tensor& bias = values.at("patch_embed.proj.bias");
  EXPECT_LE(weight.abs().max().item<double>(), bound * (1 + 1e-6));
  EXPECT_GT(weight.abs().max().item<double>(), 0.999 * bound);
  EXPECT_NEAR(weight.square().mean().item<double>() / (bound * bound), 1.0 / 3,
              5 * std::sqrt(4.0 / 45 / static_cast<double>(weight.numel())));
  EXPECT_LE(bias.abs().max().item<double>(), bound * (1 + 1e-6));
  EXPECT_GT(bias.abs().max().item<double>(), 0.8 * bound);
}

TEST(RandomWeightsTest, SameSeedSameBitsAndAnotherSeedOthers) {
  const auto a = Filled(kTiny, {.seed = 3});
  const auto b = Filled(kTiny, {.seed = 3});
  const auto c = Filled(kTiny, {.seed = 4});
  for (const auto& [name, value] : a) {
    EXPECT_TRUE(at::equal(value, b.at(name))) << name;
  }
  EXPECT_FALSE(at::equal(a.at("pos_embed"), c.at("pos_embed")));
}

// A parameter's values do not depend on what else the module holds.
TEST(RandomWeightsTest, OtherParametersAndTheirOrderChangeNothing) {
  VitOptions deeper = kTiny;
  deeper.depth = 3;
  deeper.registers = 0;
  const auto shallow = Filled(kTiny, {.seed = 5});
  const auto deep = Filled(deeper, {.seed = 5});
  for (const auto& [name, value] : shallow) {
    if (name == "register_tokens") continue;
    EXPECT_TRUE(at::equal(value, deep.at(name))) << name;
  }
  EXPECT_FALSE(at::equal(shallow.at("blocks.0.mlp.fc1.weight"),
                         shallow.at("blocks.1.mlp.fc1.weight")));
}

class UnknownImpl : public torch::nn::Module {
 public:
  UnknownImpl() { register_parameter("mystery", at::zeros({2})); }
};

TEST(RandomWeightsTest, UnknownParameterIsRefused) {
  UnknownImpl unknown;
  EXPECT_THROW(FillRandomWeights(unknown, {}), c10::Error);
}

}  // namespace
}  // namespace cxr
