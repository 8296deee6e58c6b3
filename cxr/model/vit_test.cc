// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/vit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "ATen/ops/cat.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

// The configuration of testdata/make_vit_golden.py.
constexpr VitOptions kTiny = {
    .width = 32, .depth = 3, .heads = 4, .position_grid = 4};

Vit MakeTiny(const VitOptions& options = kTiny) {
  Vit vit(options);
  FillModuleByFormula(*vit);
  return vit;
}

at::Tensor MakeImages(const std::string& name, at::IntArrayRef shape) {
  at::Tensor images = at::zeros(shape);
  FillByFormula(images, name, 1, 0);
  return images;
}

// Expected tokens (B, 1 + R + N, C) by "case/layer", layers counted from 1.
std::map<std::string, at::Tensor> LoadGolden() {
  const absl::StatusOr<CsvTable> table =
      CsvTable::Load(TestData("cxr/model/testdata/vit_golden.csv"));
  EXPECT_OK(table);
  std::map<std::string, std::vector<float>> values;
  for (const CsvTable::Row& row : table->rows()) {
    std::vector<float>& tokens =
        values[absl::StrCat(row.cells[0], "/", row.cells[1])];
    for (const absl::string_view word : absl::StrSplit(row.cells[4], ' ')) {
      EXPECT_TRUE(absl::SimpleAtof(word, &tokens.emplace_back())) << word;
    }
  }
  std::map<std::string, at::Tensor> golden;
  for (const auto& [name, tokens] : values) {
    const int64_t batch = name.find("image56") == 0 ? 2 : 1;
    golden[name] = at::tensor(tokens).view({batch, -1, kTiny.width});
  }
  return golden;
}

at::Tensor AllTokens(const VitFeatures& features) {
  return at::cat(
      {features.cls.unsqueeze(1), features.registers, features.patches}, 1);
}

void ExpectGolden(const std::string& name, at::IntArrayRef shape) {
  const c10::NoGradGuard no_grad;
  std::map<std::string, at::Tensor> golden = LoadGolden();
  Vit vit = MakeTiny();
  const at::Tensor images = MakeImages(name, shape);
  const std::vector<VitFeatures> layers = vit->IntermediateLayers(images, 3);
  ASSERT_EQ(layers.size(), 3u);
  for (size_t i = 0; i < layers.size(); ++i) {
    const std::string key = absl::StrCat(name, "/", i + 1);
    EXPECT_LE(MaxAbsDifference(AllTokens(layers[i]), golden.at(key)), 1e-5)
        << key;
  }
  const VitFeatures last = vit(images);
  EXPECT_EQ(MaxAbsDifference(AllTokens(last), AllTokens(layers[2])), 0);
}

TEST(VitTest, EqualsTransformersAtTheStoredGrid) {
  ExpectGolden("image56", {2, 3, 56, 56});
}

TEST(VitTest, EqualsTransformersWithResizedPositions) {
  ExpectGolden("image98x84", {1, 3, 98, 84});
}

TEST(VitTest, OutputsHaveTheStatedShapes) {
  const c10::NoGradGuard no_grad;
  Vit vit = MakeTiny();
  const VitFeatures features = vit(MakeImages("shapes", {2, 3, 28, 70}));
  EXPECT_EQ(features.cls.sizes(), at::IntArrayRef({2, 32}));
  EXPECT_EQ(features.registers.sizes(), at::IntArrayRef({2, 4, 32}));
  EXPECT_EQ(features.patches.sizes(), at::IntArrayRef({2, 10, 32}));
}

TEST(VitTest, ImagesOfABatchDoNotMeet) {
  const c10::NoGradGuard no_grad;
  Vit vit = MakeTiny();
  const at::Tensor images = MakeImages("batch", {3, 3, 56, 56});
  const at::Tensor together = AllTokens(vit(images));
  for (int64_t i = 0; i < 3; ++i) {
    const at::Tensor alone = AllTokens(vit(images.narrow(0, i, 1)));
    EXPECT_LE(MaxAbsDifference(together.narrow(0, i, 1), alone), 1e-5);
  }
}

TEST(VitTest, PositionRuleIsTheOptionsOwn) {
  const c10::NoGradGuard no_grad;
  VitOptions released = kTiny;
  released.interpolation = PositionInterpolation::kOffsetAsReleased;
  Vit antialiased = MakeTiny();
  Vit as_released = MakeTiny(released);
  const auto difference = [&](int64_t pixels) {
    const at::Tensor images = MakeImages("rule", {1, 3, pixels, pixels});
    return MaxAbsDifference(antialiased(images).cls, as_released(images).cls);
  };
  EXPECT_EQ(difference(56), 0);
  EXPECT_GT(difference(28), 1e-3);
}

int64_t ParameterCount(const VitOptions& options) {
  int64_t count = 0;
  const Vit vit(options);
  for (const at::Tensor& parameter : vit->parameters()) {
    count += parameter.numel();
  }
  return count;
}

// Sums of the shapes in Meta's checkpoints at 518 pixels.
TEST(VitTest, ParameterCountsAreThePublishedModels) {
  EXPECT_EQ(ParameterCount(VitSmall14()), 22058112);
  EXPECT_EQ(ParameterCount(VitBase14()), 86583552);
  VitOptions small = VitSmall14(), base = VitBase14();
  small.registers = base.registers = 0;
  EXPECT_EQ(ParameterCount(small), 22056576);
  EXPECT_EQ(ParameterCount(base), 86580480);
}

TEST(VitTest, ParametersAreNamedAsInMetasCheckpoints) {
  VitOptions options = kTiny;
  options.depth = 1;
  const Vit vit(options);
  EXPECT_THAT(vit->named_parameters().keys(),
              ElementsAre("cls_token", "pos_embed", "register_tokens",
                          "mask_token", "patch_embed.proj.weight",
                          "patch_embed.proj.bias", "blocks.0.norm1.weight",
                          "blocks.0.norm1.bias", "blocks.0.attn.qkv.weight",
                          "blocks.0.attn.qkv.bias", "blocks.0.attn.proj.weight",
                          "blocks.0.attn.proj.bias", "blocks.0.ls1.gamma",
                          "blocks.0.norm2.weight", "blocks.0.norm2.bias",
                          "blocks.0.mlp.fc1.weight", "blocks.0.mlp.fc1.bias",
                          "blocks.0.mlp.fc2.weight", "blocks.0.mlp.fc2.bias",
                          "blocks.0.ls2.gamma", "norm.weight", "norm.bias"));
  EXPECT_EQ(vit->named_parameters()["patch_embed.proj.weight"].sizes(),
            at::IntArrayRef({32, 3, 14, 14}));
}

TEST(VitTest, WithoutRegistersThereIsNoRegisterParameter) {
  const c10::NoGradGuard no_grad;
  VitOptions options = kTiny;
  options.registers = 0;
  Vit vit = MakeTiny(options);
  EXPECT_FALSE(vit->named_parameters().contains("register_tokens"));
  const VitFeatures features = vit(MakeImages("none", {1, 3, 56, 56}));
  EXPECT_EQ(features.registers.sizes(), at::IntArrayRef({1, 0, 32}));
  EXPECT_EQ(features.patches.size(1), 16);
}

TEST(VitTest, GradientsReachEveryParameterButTheMaskToken) {
  Vit vit = MakeTiny();
  AllTokens(vit(MakeImages("grad", {1, 3, 42, 42}))).square().sum().backward();
  for (const auto& parameter : vit->named_parameters()) {
    EXPECT_EQ(parameter.value().grad().defined(),
              parameter.key() != "mask_token")
        << parameter.key();
  }
}

TEST(VitTest, RefusesImagesAndOptionsItCannotUse) {
  Vit vit = MakeTiny();
  EXPECT_THROW(vit(at::zeros({1, 3, 56, 57})), c10::Error);
  EXPECT_THROW(vit(at::zeros({1, 1, 56, 56})), c10::Error);
  EXPECT_THROW(vit(at::zeros({3, 56, 56})), c10::Error);
  EXPECT_THROW(vit(at::zeros({1, 3, 0, 56})), c10::Error);
  const at::Tensor image = at::zeros({1, 3, 56, 56});
  EXPECT_THROW(vit->IntermediateLayers(image, 0), c10::Error);
  EXPECT_THROW(vit->IntermediateLayers(image, 4), c10::Error);
  const VitOptions uneven = {.width = 30, .depth = 1, .heads = 4};
  EXPECT_THROW(Vit{uneven}, c10::Error);
  EXPECT_THROW(Vit{VitOptions{}}, c10::Error);
}

}  // namespace
}  // namespace cxr
