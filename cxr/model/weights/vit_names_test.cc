// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/vit_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

using ::testing::ElementsAre;

TEST(VitNamesTest, MetasNamesAreVitsOwn) {
  for (const auto format :
       {VitWeightsFormat::kDinov2, VitWeightsFormat::kTeacherCheckpoint}) {
    EXPECT_THAT(NamesInFile(format, "blocks.3.attn.qkv.bias"),
                ElementsAre("blocks.3.attn.qkv.bias"));
    EXPECT_THAT(NamesInFile(format, "register_tokens"),
                ElementsAre("register_tokens"));
  }
}

TEST(VitNamesTest, TransformersStoresQueryKeyAndValueApart) {
  const auto names = [](const char* parameter) {
    return NamesInFile(VitWeightsFormat::kHuggingFaceDinov2, parameter);
  };
  EXPECT_THAT(names("blocks.11.attn.qkv.weight"),
              ElementsAre("encoder.layer.11.attention.attention.query.weight",
                          "encoder.layer.11.attention.attention.key.weight",
                          "encoder.layer.11.attention.attention.value.weight"));
  EXPECT_THAT(names("blocks.0.attn.proj.bias"),
              ElementsAre("encoder.layer.0.attention.output.dense.bias"));
  EXPECT_THAT(names("blocks.0.norm1.bias"),
              ElementsAre("encoder.layer.0.norm1.bias"));
  EXPECT_THAT(names("blocks.0.ls2.gamma"),
              ElementsAre("encoder.layer.0.layer_scale2.lambda1"));
  EXPECT_THAT(names("norm.weight"), ElementsAre("layernorm.weight"));
  EXPECT_THAT(names("patch_embed.proj.bias"),
              ElementsAre("embeddings.patch_embeddings.projection.bias"));
}

TEST(VitNamesTest, ClipHasItsOwnWords) {
  const auto names = [](const char* parameter) {
    return NamesInFile(VitWeightsFormat::kOpenAiClip, parameter);
  };
  EXPECT_THAT(names("blocks.2.attn.qkv.weight"),
              ElementsAre("transformer.resblocks.2.attn.in_proj_weight"));
  EXPECT_THAT(names("blocks.2.mlp.fc2.bias"),
              ElementsAre("transformer.resblocks.2.mlp.c_proj.bias"));
  EXPECT_THAT(names("norm_pre.bias"), ElementsAre("ln_pre.bias"));
  EXPECT_THAT(names("norm.bias"), ElementsAre("ln_post.bias"));
  EXPECT_THAT(names("cls_token"), ElementsAre("class_embedding"));
}

TEST(VitNamesTest, HeadsAreBesideTheTower) {
  EXPECT_TRUE(IsBesideTower(VitWeightsFormat::kOpenAiClip, "proj"));
  EXPECT_FALSE(IsBesideTower(VitWeightsFormat::kOpenAiClip, "ln_post.bias"));
  EXPECT_TRUE(IsBesideTower(VitWeightsFormat::kOpenClipTimm, "head.weight"));
  EXPECT_FALSE(IsBesideTower(VitWeightsFormat::kOpenClipTimm, "norm.weight"));
  EXPECT_FALSE(IsBesideTower(VitWeightsFormat::kDinov2, "cls_token"));
}

TEST(VitNamesTest, EveryFormatHasANameAndAPrefix) {
  for (const VitWeightsFormat format : kVitWeightsFormats) {
    EXPECT_FALSE(ToString(format).empty());
    EXPECT_FALSE(TowerPrefixes(format).empty());
  }
}

}  // namespace
}  // namespace cxr
