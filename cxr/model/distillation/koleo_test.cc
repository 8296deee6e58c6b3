// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/koleo.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "ATen/autocast_mode.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/testing.h"

namespace cxr {
namespace {

constexpr double kEpsilon = 1e-8;

TEST(KoleoTest, ValueAndGradientEqualPyTorchs) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  for (const auto& [type, tolerance] :
       {std::pair{at::kDouble, 1e-12}, std::pair{at::kFloat, 1e-5}}) {
    const at::Tensor tokens =
        Formula("tokens", {6, 5}, type, 1).requires_grad_();
    const at::Tensor loss = KoleoLoss(tokens, 3, kEpsilon);
    loss.backward();
    EXPECT_EQ(loss.scalar_type(), type);
    EXPECT_LT(RelativeDifference(loss, golden.at("koleo/loss")), tolerance);
    EXPECT_LT(RelativeDifference(tokens.grad(), golden.at("koleo/tokens")),
              tolerance);
  }
}

// Two right angles: every nearest other is sqrt(2) away.
TEST(KoleoTest, RightAnglesHaveAClosedForm) {
  const at::Tensor tokens =
      at::tensor({3.0, 0.0, 0.0, 0.5}, at::kDouble).view({2, 2});
  EXPECT_NEAR(KoleoLoss(tokens, 2, 0).item<double>(), -std::log(2) / 2, 1e-15);
}

// A row is no neighbour of itself, not even when the only other is opposite.
TEST(KoleoTest, OppositeRowsAreTwoApart) {
  const at::Tensor tokens =
      at::tensor({1.0, 0.0, -1.0, 0.0}, at::kDouble).view({2, 2});
  EXPECT_NEAR(KoleoLoss(tokens, 2, 0).item<double>(), -std::log(2), 1e-15);
}

TEST(KoleoTest, NeighboursAreLookedForWithinTheGroup) {
  const at::Tensor group = Formula("group", {4, 5}, at::kDouble);
  const double one = KoleoLoss(group, 4, kEpsilon).item<double>();
  const at::Tensor twice = group.repeat({2, 1});
  EXPECT_NEAR(KoleoLoss(twice, 4, kEpsilon).item<double>(), one, 1e-14);
  EXPECT_GT(KoleoLoss(twice, 8, kEpsilon).item<double>(), 10);
}

TEST(KoleoTest, EqualAndZeroRowsStayFinite) {
  for (const at::Tensor& start :
       {at::zeros({4, 3}), Formula("row", {1, 3}).repeat({4, 1})}) {
    const at::Tensor tokens = start.clone().requires_grad_();
    const at::Tensor loss = KoleoLoss(tokens, 4, kEpsilon);
    loss.backward();
    EXPECT_TRUE(std::isfinite(loss.item<double>()));
    EXPECT_TRUE(tokens.grad().isfinite().all().item<bool>());
  }
}

TEST(KoleoTest, ReducedTypesAreTakenInFloat32AlsoUnderAutocast) {
  const at::Tensor tokens = Formula("tokens", {6, 5}).to(at::kBFloat16);
  const at::Tensor expected = KoleoLoss(tokens.to(at::kFloat), 3, kEpsilon);
  const at::Tensor loss = KoleoLoss(tokens, 3, kEpsilon);
  EXPECT_EQ(loss.scalar_type(), at::kFloat);
  EXPECT_TRUE(at::equal(loss, expected));
  at::autocast::set_autocast_enabled(at::kCPU, true);
  const at::Tensor cast = KoleoLoss(tokens, 3, kEpsilon);
  at::autocast::set_autocast_enabled(at::kCPU, false);
  EXPECT_TRUE(at::equal(cast, expected));
}

TEST(KoleoTest, GroupsThatDoNotFitAreRefused) {
  EXPECT_THROW(KoleoLoss(at::zeros({6, 2}), 4, kEpsilon), c10::Error);
  EXPECT_THROW(KoleoLoss(at::zeros({6, 2}), 1, kEpsilon), c10::Error);
  EXPECT_THROW(KoleoLoss(at::zeros({0, 2}), 2, kEpsilon), c10::Error);
  EXPECT_THROW(KoleoLoss(at::zeros({6}), 2, kEpsilon), c10::Error);
}

}  // namespace
}  // namespace cxr
