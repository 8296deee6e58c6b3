// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/head_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

spec::ExperimentSpec Sweep() {
  spec::ExperimentSpec spec;
  EXPECT_THAT(ParseTextproto(R"pb(
                               features { vit { pooled { last_layers: 4 } } }
                               train {
                                 probe_sweep {
                                   learning_rates: [ 0.001, 0.01, 0.1 ]
                                   last_layers: [ 1, 4 ]
                                   epochs: 10
                                   steps_per_epoch: 20
                                   batch_images: 8
                                   beta1: 0.8
                                   seed: 5
                                 }
                               }
                             )pb",
                             spec)
                  .issues,
              IsEmpty());
  return spec;
}

// Tokens of four layers and the mean patch, three numbers each.
TEST(HeadOptionsTest, ASweepsMembersSeeTheirOwnLayersAndTheMeanPatch) {
  ASSERT_OK_AND_ASSIGN(const ProbeGroupOptions options,
                       HeadOptionsOf(Sweep(), 15));
  ASSERT_THAT(options.members, SizeIs(6));
  EXPECT_EQ(options.members[0].first_column, 9);
  EXPECT_EQ(options.members[0].learning_rate, 0.001);
  EXPECT_EQ(options.members[5].first_column, 0);
  EXPECT_EQ(options.members[5].learning_rate, 0.1);
  EXPECT_EQ(options.steps, 200);
  EXPECT_EQ(options.schedule, RateSchedule::kCosine);
  EXPECT_EQ(options.probe.beta1, 0.8);
  EXPECT_EQ(options.probe.seed, 5u);
}

TEST(HeadOptionsTest, MembersHaveNames) {
  EXPECT_EQ(MemberText(Sweep().train(), 4),
            "learning rate 0.01, class tokens of 4 layers");
  EXPECT_EQ(MemberText(spec::TrainSpec(), 0), "");
}

TEST(HeadOptionsTest, LayersThatAreNotThereAreRefused) {
  spec::ExperimentSpec spec = Sweep();
  spec.mutable_features()->mutable_vit()->mutable_pooled()->set_last_layers(2);
  EXPECT_THAT(HeadOptionsOf(spec, 9),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("last_layers: found 4")));
}

TEST(HeadOptionsTest, AProbeIsAGroupOfOne) {
  spec::ExperimentSpec spec;
  spec::LinearProbeSpec& probe = *spec.mutable_train()->mutable_linear_probe();
  probe.mutable_optimizer()->set_learning_rate(0.25);
  probe.mutable_optimizer()->set_max_gradient_norm(1);
  probe.set_weight_init_std(0.01);
  probe.set_seed(9);
  ASSERT_OK_AND_ASSIGN(const ProbeGroupOptions options,
                       HeadOptionsOf(spec, 15));
  ASSERT_THAT(options.members, SizeIs(1));
  EXPECT_EQ(options.members[0].learning_rate, 0.25);
  EXPECT_EQ(options.members[0].first_column, 0);
  EXPECT_EQ(options.schedule, RateSchedule::kConstant);
  EXPECT_EQ(options.probe.max_gradient_norm, 1);
  EXPECT_EQ(options.probe.seed, 9u);
}

}  // namespace
}  // namespace cxr
