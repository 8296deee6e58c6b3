// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/half_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/full_like.h"
#include "c10/core/GradMode.h"

namespace cxr {
namespace {

using ::testing::Each;

constexpr DistillationNetworkOptions kNetwork = {
    .backbone = {.width = 8, .depth = 1, .heads = 2, .position_grid = 2},
    .dino_head = {.input_width = 8,
                  .layers = 2,
                  .hidden_width = 6,
                  .bottleneck_width = 4,
                  .prototypes = 12}};

class HalfNetworkTest : public ::testing::Test {
 protected:
  HalfNetworkTest() {
    const c10::NoGradGuard no_grad;
    for (ParameterBlock& block : store_.blocks()) block.values.fill_(1.0 / 3);
  }

  DistillationNetwork masters_{kNetwork};
  ParameterStore store_{TrainedParameters(*masters_, {.depth = 1}),
                        /*gradients=*/true};
  HalfNetwork half_{kNetwork, {.depth = 1}, at::kCPU, /*gradients=*/true};
};

TEST_F(HalfNetworkTest, HasTheMastersValuesRounded) {
  half_.CopyFrom(store_);
  for (const at::Tensor& parameter : half_.network().parameters()) {
    EXPECT_EQ(parameter.scalar_type(), at::kHalf);
    EXPECT_TRUE(at::equal(parameter, at::full_like(parameter, 1.0 / 3)));
  }
}

TEST_F(HalfNetworkTest, GradientsAddUpInTheMasters) {
  for (int i = 1; i <= 2; ++i) {
    for (at::Tensor& parameter : half_.network().parameters()) {
      parameter.mutable_grad().fill_(1.0 / 1024);
    }
    half_.MoveGradientsTo(store_, {});
    for (const ParameterBlock& block : store_.blocks()) {
      EXPECT_TRUE(at::equal(block.gradients,
                            at::full_like(block.gradients, i / 1024.0)));
    }
  }
}

TEST_F(HalfNetworkTest, TheBackbonesAreSummedInHalfAndTheHeadsAreNot) {
  std::vector<at::ScalarType> types;
  int64_t summed = 0;
  for (at::Tensor& parameter : half_.network().parameters()) {
    parameter.mutable_grad().fill_(1);
  }
  half_.MoveGradientsTo(store_, [&](at::Tensor& tensor) {
    types.push_back(tensor.scalar_type());
    summed += tensor.numel();
    tensor.mul_(2);
  });
  EXPECT_THAT(types, Each(at::kHalf));
  int64_t of_backbone = 0;
  for (const ParameterBlock& block : store_.blocks()) {
    const bool in_half = IsSummedInHalf(block);
    if (in_half) of_backbone += block.values.numel();
    EXPECT_TRUE(at::equal(block.gradients,
                          at::full_like(block.gradients, in_half ? 2 : 1)));
  }
  EXPECT_EQ(summed, of_backbone);
  EXPECT_GT(summed, 0);
  EXPECT_LT(summed, store_.numel());
}

}  // namespace
}  // namespace cxr
