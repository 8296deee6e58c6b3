// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/torch_autocast.h"

#include <gtest/gtest.h>

#include "ATen/core/Tensor.h"
#include "ATen/ops/matmul.h"
#include "ATen/ops/ones.h"

namespace cxr {
namespace {

constexpr c10::DeviceType kCpu = c10::DeviceType::CPU;

c10::ScalarType TypeOfProduct() {
  const at::Tensor a = at::ones({2, 2});
  return at::matmul(a, a).scalar_type();
}

TEST(TorchAutocastTest, ProductsAreComputedInTheType) {
  EXPECT_EQ(TypeOfProduct(), at::kFloat);
  {
    const Autocast bf16(kCpu, at::kBFloat16);
    EXPECT_EQ(TypeOfProduct(), at::kBFloat16);
  }
  EXPECT_EQ(TypeOfProduct(), at::kFloat);
}

TEST(TorchAutocastTest, AnInnerScopeGivesBackTheOuterType) {
  const Autocast outer(kCpu, at::kHalf);
  {
    const Autocast inner(kCpu, at::kBFloat16);
    EXPECT_EQ(TypeOfProduct(), at::kBFloat16);
  }
  EXPECT_EQ(TypeOfProduct(), at::kHalf);
}

// A cast weight that outlived its scope would hide an optimiser's step.
TEST(TorchAutocastTest, AChangedParameterIsCastAnewInTheNextScope) {
  const at::Tensor weight = at::ones({2, 2}).requires_grad_();
  const at::Tensor x = at::ones({2, 2});
  const auto product = [&] {
    const Autocast bf16(kCpu, at::kBFloat16);
    return at::matmul(x, weight)[0][0].item<float>();
  };
  EXPECT_EQ(product(), 2);
  weight.data().fill_(3);
  EXPECT_EQ(product(), 6);
}

}  // namespace
}  // namespace cxr
