// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/head_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ATen/ops/equal.h"
#include "ATen/ops/zeros.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

at::Tensor Formula(const char* name, at::IntArrayRef shape) {
  at::Tensor values = at::zeros(shape);
  FillByFormula(values, name, 1, 0);
  return values;
}

TEST(HeadFileTest, AHeadComesBackBitForBit) {
  const Head head = {.scaling = {.mean = Formula("mean", {5}),
                                 .inverse_std = Formula("std", {5})},
                     .probe = {.weight = Formula("weight", {2, 5}),
                               .bias = Formula("bias", {2})}};
  ASSERT_OK_AND_ASSIGN(const Head back,
                       HeadFromFile(ToHeadFile(head), "head", 2, 5));
  EXPECT_TRUE(at::equal(back.scaling.mean, head.scaling.mean));
  EXPECT_TRUE(at::equal(back.scaling.inverse_std, head.scaling.inverse_std));
  EXPECT_TRUE(at::equal(back.probe.weight, head.probe.weight));
  EXPECT_TRUE(at::equal(back.probe.bias, head.probe.bias));
  const at::Tensor features = Formula("features", {3, 5});
  EXPECT_TRUE(at::equal(back.Logits(features), head.Logits(features)));
}

TEST(HeadFileTest, NoScalingChangesNothing) {
  const at::Tensor features = Formula("features", {3, 5});
  EXPECT_TRUE(at::equal(NoScaling(5).Apply(features), features));
}

TEST(HeadFileTest, AnotherShapeIsDataLoss) {
  const Head head = {.scaling = NoScaling(5),
                     .probe = {.weight = Formula("weight", {2, 5}),
                               .bias = Formula("bias", {2})}};
  EXPECT_THAT(HeadFromFile(ToHeadFile(head), "head", 2, 6),
              StatusIs(absl::StatusCode::kDataLoss,
                       "head: found 4 x 6 numbers, expected 4 x 7"));
}

}  // namespace
}  // namespace cxr
