// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_tensors.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "ATen/ops/arange.h"
#include "ATen/ops/empty.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

TEST(TorchTensorsTest, BytesBecomeTheNumbersThatTheyAre) {
  // 1.5 and -2 as bfloat16, from an address that no number is aligned to.
  const std::string bytes = {'x', '\xc0', '\x3f', '\x00', '\xc0'};
  const at::Tensor tensor =
      ToTorch({.name = "t",
               .kind = ScalarKind::kBfloat16,
               .shape = {2, 1},
               .bytes = absl::string_view(bytes).substr(1)});
  EXPECT_EQ(tensor.scalar_type(), at::kBFloat16);
  EXPECT_TRUE(
      at::equal(tensor.to(at::kFloat), at::tensor({1.5f, -2.0f}).view({2, 1})));
}

TEST(TorchTensorsTest, EveryKindComesBackAsItWas) {
  const std::vector<at::ScalarType> types = {
      at::kDouble, at::kFloat, at::kHalf, at::kBFloat16, at::kLong,
      at::kInt,    at::kShort, at::kChar, at::kByte,     at::kBool};
  for (const at::ScalarType type : types) {
    const at::Tensor tensor = at::arange(6).to(type).view({2, 3});
    const StoredTensor stored = ToStored("name", tensor);
    EXPECT_EQ(stored.name, "name");
    EXPECT_EQ(stored.shape, (std::vector<int64_t>{2, 3}));
    EXPECT_EQ(SizeOf(stored.kind) * 6, std::ssize(stored.bytes));
    const at::Tensor back = ToTorch(stored);
    EXPECT_EQ(back.scalar_type(), type);
    EXPECT_TRUE(at::equal(back, tensor)) << type;
    EXPECT_NE(back.data_ptr(), tensor.data_ptr());
  }
}

TEST(TorchTensorsTest, OneNumberAndNoneAreTensorsToo) {
  EXPECT_TRUE(
      at::equal(ToTorch(ToStored("one", at::zeros({}))), at::zeros({})));
  const at::Tensor none = ToTorch(ToStored("none", at::empty({0, 3})));
  EXPECT_EQ(none.sizes(), at::IntArrayRef({0, 3}));
}

TEST(TorchTensorsTest, RefusesWhatAFileCannotHold) {
  EXPECT_THROW(ToStored("strided", at::zeros({2, 3}).t()), c10::Error);
  EXPECT_THROW(ToStored("complex", at::zeros({2}, at::kComplexFloat)),
               c10::Error);
  EXPECT_THROW(ToTorch({.name = "short",
                        .kind = ScalarKind::kFloat32,
                        .shape = {2},
                        .bytes = "1234"}),
               c10::Error);
}

}  // namespace
}  // namespace cxr
