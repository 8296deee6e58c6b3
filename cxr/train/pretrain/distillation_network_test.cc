// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/distillation_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

DistillationNetworkOptions Options() {
  const ProjectionHeadOptions head = {.input_width = 8,
                                      .layers = 2,
                                      .hidden_width = 6,
                                      .bottleneck_width = 4,
                                      .prototypes = 10};
  return {.backbone = {.width = 8, .depth = 1, .heads = 2, .position_grid = 2},
          .dino_head = head,
          .ibot_head = head};
}

std::set<std::string> Names(DistillationNetworkImpl& network) {
  std::set<std::string> names;
  for (const NamedParameter& each : TrainedParameters(network, {.depth = 1})) {
    names.insert(each.name);
  }
  return names;
}

TEST(DistillationNetworkTest, ParametersAreNamedAsInReleasedCheckpoints) {
  DistillationNetwork network(Options());
  EXPECT_THAT(Names(*network),
              IsSupersetOf({"backbone.cls_token", "backbone.mask_token",
                            "backbone.blocks.0.attn.qkv.weight",
                            "dino_head.mlp.0.weight", "dino_head.mlp.2.bias",
                            "dino_head.last_layer.weight_v",
                            "ibot_head.last_layer.weight_g"}));
  EXPECT_EQ(Names(*network).size(), network->named_parameters().size());
}

TEST(DistillationNetworkTest, ASharedHeadIsThereOnce) {
  DistillationNetworkOptions options = Options();
  options.ibot_head.reset();
  DistillationNetwork network(options);
  EXPECT_EQ(network->ibot_head.get(), network->dino_head.get());
  for (const std::string& name : Names(*network)) {
    EXPECT_FALSE(name.starts_with("ibot_head")) << name;
  }
}

TEST(DistillationNetworkTest, RulesAreThoseOfTheirUnits) {
  DistillationNetwork network(Options());
  std::set<std::string> units;
  for (const NamedParameter& each : TrainedParameters(
           *network, {.depth = 1, .patch_embed_multiplier = 0.2})) {
    units.insert(each.rule.clip_unit);
    if (each.name == "backbone.patch_embed.proj.weight") {
      EXPECT_EQ(each.rule.learning_rate_factor, 0.2);
    }
  }
  EXPECT_THAT(units, ElementsAre("backbone", "dino_head", "ibot_head"));
}

}  // namespace
}  // namespace cxr
