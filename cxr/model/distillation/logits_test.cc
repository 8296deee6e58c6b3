// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/logits.h"

#include <gtest/gtest.h>

#include "ATen/autocast_mode.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/matmul.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/testing.h"

namespace cxr {
namespace {

TEST(LogitsTest, ProductsLessTheCenterAreDividedByTheTemperature) {
  const at::Tensor features = at::tensor({1.0, 2.0}).view({1, 2});
  const at::Tensor prototypes = at::tensor({3.0, 4.0, -1.0, 0.5}).view({2, 2});
  const at::Tensor center = at::tensor({1.0, -1.0});
  EXPECT_TRUE(at::equal(PrototypeLogits(features, prototypes, center, 0.5),
                        at::tensor({20.0, 2.0}).view({1, 2})));
  EXPECT_TRUE(at::equal(PrototypeLogits(features, prototypes, {}, 0.5),
                        at::tensor({22.0, 0.0}).view({1, 2})));
}

TEST(LogitsTest, AnswersAreFloat32OrFloat64) {
  const auto type_for = [](at::ScalarType features, at::ScalarType prototypes) {
    return PrototypeLogits(Formula("features", {3, 4}, features),
                           Formula("prototypes", {5, 4}, prototypes), {}, 1)
        .scalar_type();
  };
  EXPECT_EQ(type_for(at::kFloat, at::kFloat), at::kFloat);
  EXPECT_EQ(type_for(at::kDouble, at::kDouble), at::kDouble);
  EXPECT_EQ(type_for(at::kBFloat16, at::kBFloat16), at::kFloat);
  EXPECT_EQ(type_for(at::kBFloat16, at::kFloat), at::kFloat);
  EXPECT_EQ(type_for(at::kHalf, at::kFloat), at::kFloat);
}

TEST(LogitsTest, AutocastChangesNothing) {
  const at::Tensor features = Formula("features", {3, 40});
  const at::Tensor prototypes = Formula("prototypes", {5, 40});
  const at::Tensor expected = PrototypeLogits(features, prototypes, {}, 0.1);
  at::autocast::set_autocast_enabled(at::kCPU, true);
  const at::Tensor cast = PrototypeLogits(features, prototypes, {}, 0.1);
  at::autocast::set_autocast_enabled(at::kCPU, false);
  EXPECT_TRUE(at::equal(cast, expected));
}

TEST(LogitsTest, SizesAndTemperaturesThatDoNotFitAreRefused) {
  const at::Tensor features = at::zeros({3, 4});
  EXPECT_THROW(PrototypeLogits(features, at::zeros({5, 3}), {}, 1), c10::Error);
  EXPECT_THROW(PrototypeLogits(features, at::zeros({4}), {}, 1), c10::Error);
  EXPECT_THROW(PrototypeLogits(features, at::zeros({5, 4}), {}, 0), c10::Error);
}

}  // namespace
}  // namespace cxr
