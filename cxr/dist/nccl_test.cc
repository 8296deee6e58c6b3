// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/nccl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "ATen/ops/equal.h"
#include "ATen/ops/full.h"
#include "cxr/base/testing.h"
#include "cxr/base/torch_device.h"
#include "torch/csrc/distributed/c10d/HashStore.hpp"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// NCCL refuses two processes on one GPU: tools/gpu_check runs more of them.
TEST(NcclTest, OneProcessAddsNothing) {
  if (!CudaStatus().ok()) GTEST_SKIP() << CudaStatus();
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("cuda"));
  const auto store = c10::make_intrusive<c10d::HashStore>();
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Nccl> nccl,
                       Nccl::Join(*store, 0, 1, device));
  at::Tensor now = at::full({1000}, 2.5, at::TensorOptions(device));
  const at::Tensor later = now.clone();
  ASSERT_OK(nccl->Sum(now));
  ASSERT_OK_AND_ASSIGN(const std::function<void()> wait, nccl->BeginSum(later));
  wait();
  EXPECT_TRUE(at::equal(now, later));
  EXPECT_EQ(now.sum().item<double>(), 2500);
  EXPECT_OK(nccl->Check(absl::Minutes(1)));
  const at::Tensor bytes = at::full({2}, 1, now.options().dtype(at::kByte));
  EXPECT_THAT(nccl->BeginSum(bytes),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Byte")));
  nccl->Abort();
  EXPECT_OK(nccl->Check(absl::Minutes(1)));
}

TEST(NcclTest, ALibraryThatIsNotThereIsNamed) {
  const absl::Status status = Nccl::Load();
  if (status.ok()) GTEST_SKIP() << "there is one";
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                               HasSubstr("libnccl.so.2")));
}

}  // namespace
}  // namespace cxr
