// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/torch_device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ATen/core/Tensor.h"
#include "ATen/ops/arange.h"
#include "ATen/ops/empty.h"
#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(TorchDeviceTest, NothingWorksWithoutADriver) {
  if (HasCudaDriver()) GTEST_SKIP() << "there is one";
  EXPECT_FALSE(CudaStatus().ok());
}

TEST(TorchDeviceTest, TheCpuIsThereEverywhere) {
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("cpu"));
  EXPECT_TRUE(device.is_cpu());
  EXPECT_THAT(DescribeDevice(device),
              ContainsRegex("^cpu: [A-Z0-9a-z ]+, [0-9]+ threads$"));
}

TEST(TorchDeviceTest, AutoIsTheFirstCudaDeviceWhereThereIsOne) {
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("auto"));
  EXPECT_EQ(device.str(), CudaStatus().ok() ? "cuda:0" : "cpu");
}

TEST(TorchDeviceTest, WithoutCudaTheReasonIsOneLine) {
  const absl::Status status = CudaStatus();
  if (status.ok()) GTEST_SKIP() << "there is a CUDA device";
  using Code = absl::StatusCode;
  EXPECT_THAT(status, StatusIs(Code::kFailedPrecondition,
                               AllOf(StartsWith("lib"), Not(HasSubstr("\n")))));
  const std::string reason(status.message());
  EXPECT_THAT(OpenDevice("cuda"),
              StatusIs(Code::kFailedPrecondition,
                       AllOf(StartsWith("cuda: "), HasSubstr(reason))));
  EXPECT_THAT(OpenDevice("cuda:1"),
              StatusIs(Code::kFailedPrecondition,
                       AllOf(StartsWith("cuda:1: "), HasSubstr(reason))));
}

TEST(TorchDeviceTest, OtherNamesAreRefusedWithTheChoice) {
  for (const absl::string_view name :
       {"", "gpu", "CPU", "cpu:0", "cuda:", "cuda:x", "cuda:-1", "cuda:128"}) {
    EXPECT_THAT(OpenDevice(name),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("\"" + std::string(name) + "\""),
                               HasSubstr("auto, cpu, cuda or cuda:N"))));
  }
}

TEST(TorchDeviceTest, AnOpenedDeviceComputes) {
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("auto"));
  const at::Tensor numbers =
      at::arange(5, at::TensorOptions().device(device).dtype(at::kLong));
  const at::Tensor squares = numbers.mul(numbers);
  Synchronize(device);
  EXPECT_EQ(squares.sum().item<int64_t>(), 0 + 1 + 4 + 9 + 16);
}

TEST(TorchDeviceTest, ThePeakOfMemoryIsThatOfTheLargestMoment) {
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("auto"));
  if (device.is_cpu()) {
    EXPECT_EQ(PeakMemoryBytes(device), 0);
    GTEST_SKIP() << "no CUDA device: " << CudaStatus();
  }
  constexpr int64_t kBytes = 64 << 20;
  ResetPeakMemory(device);
  const int64_t before = PeakMemoryBytes(device);
  at::empty({kBytes}, at::TensorOptions().device(device).dtype(at::kByte));
  EXPECT_EQ(PeakMemoryBytes(device), before + kBytes);
  ResetPeakMemory(device);
  EXPECT_EQ(PeakMemoryBytes(device), before);
}

TEST(TorchDeviceTest, ACudaDeviceIsDescribedByNameMemoryAndVersions) {
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("auto"));
  if (device.is_cpu()) GTEST_SKIP() << "no CUDA device: " << CudaStatus();
  EXPECT_THAT(DescribeDevice(device),
              ContainsRegex("^cuda:0: .+, [0-9.]+ GiB, driver for CUDA "
                            "[0-9]+\\.[0-9]+, CUDA [0-9]+\\.[0-9]+, cuDNN "
                            "[0-9]+\\.[0-9]+\\.[0-9]+$"));
  EXPECT_THAT(DescribeDevice(device), Not(HasSubstr("unnamed")));
}

}  // namespace
}  // namespace cxr
