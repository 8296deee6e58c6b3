// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

PretrainerOptions OptionsWith(absl::string_view change) {
  return PretrainerOptionsOf(SmallPretraining(change), at::kCPU);
}

TEST(PretrainOptionsTest, NetworksAreTheSpecs) {
  const PretrainerOptions options = OptionsWith("");
  EXPECT_EQ(options.network.backbone.width, 16);
  EXPECT_EQ(options.network.backbone.interpolation,
            PositionInterpolation::kOffsetAsReleased);
  EXPECT_EQ(options.network.dino_head.input_width, 16);
  EXPECT_EQ(options.network.dino_head.prototypes, 24);
  ASSERT_TRUE(options.network.ibot_head.has_value());
  EXPECT_EQ(options.network.ibot_head->prototypes, 20);
  EXPECT_EQ(options.rules.depth, 2);
  EXPECT_FALSE(OptionsWith("pretrain { heads { shared {} } }")
                   .network.ibot_head.has_value());
}

TEST(PretrainOptionsTest, BothCentringsAreTheSpecs) {
  const SelfDistillationOptions moving = OptionsWith("").losses;
  EXPECT_EQ(moving.centering, Centering::kMovingAverage);
  EXPECT_EQ(moving.center_momentum, 0.9);
  EXPECT_TRUE(moving.mean_of_groups);
  const SelfDistillationOptions sinkhorn =
      OptionsWith("pretrain { sinkhorn_knopp { iterations: 5 } }").losses;
  EXPECT_EQ(sinkhorn.centering, Centering::kSinkhornKnopp);
  EXPECT_EQ(sinkhorn.sinkhorn_iterations, 5);
}

// Paper section 2.7: the released code multiplies the learning rate by the
// number of accumulated batches instead of dividing the loss.
TEST(PretrainOptionsTest, AccumulationIsDividedOrMultiplied) {
  const PretrainerOptions divided =
      OptionsWith("pretrain { batch { accumulated_batches: 4 } }");
  EXPECT_TRUE(divided.divide_loss);
  EXPECT_EQ(divided.schedule.learning_rate, 1e-3);
  const PretrainerOptions multiplied = OptionsWith(
      "pretrain { batch { accumulated_batches: 4 accumulation: "
      "LEARNING_RATE_MULTIPLIED_AS_RELEASED } }");
  EXPECT_FALSE(multiplied.divide_loss);
  EXPECT_EQ(multiplied.schedule.learning_rate, 4e-3);
  EXPECT_EQ(multiplied.schedule.min_learning_rate, 4e-6);
}

TEST(PretrainOptionsTest, TheSquareRootRuleIsOneAtItsReference) {
  constexpr absl::string_view kRule =
      "schedule { learning_rate_scaling: SQRT_RULE }";
  EXPECT_EQ(OptionsWith(absl::StrCat("pretrain { ", kRule,
                                     " batch { global_images: 1024 } }"))
                .schedule.learning_rate,
            1e-3);
  EXPECT_EQ(OptionsWith(absl::StrCat("pretrain { ", kRule,
                                     " batch { global_images: 256 } }"))
                .schedule.learning_rate,
            0.5e-3);
}

// Paper section 2.4: 0.5 * 518 // 14 * 518 // 14 is 666, half of 1369 is 684.
TEST(PretrainOptionsTest, BothLimitsOfMasksAreThePapers) {
  const auto limit = [](absl::string_view name) {
    return MaskOptionsOf(
               SmallPretraining(
                   absl::StrCat("pretrain { crops { global_size_pixels: "
                                "518 } masking { limit: ",
                                name, " } }"))
                   .pretrain(),
               14)
        .limit_patches;
  };
  EXPECT_EQ(limit("PRECEDENCE_AS_RELEASED"), 666);
  EXPECT_EQ(limit("RATIO_OF_PATCHES"), 684);
}

TEST(PretrainOptionsTest, ARunStopsWhereItsResultIs) {
  EXPECT_EQ(StepsOf(SmallPretraining().pretrain().schedule()), 6);
  EXPECT_EQ(
      StepsOf(SmallPretraining("pretrain { schedule { stop_after_steps: 4 } }")
                  .pretrain()
                  .schedule()),
      4);
}

}  // namespace
}  // namespace cxr
