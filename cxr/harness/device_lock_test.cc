// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/device_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

TEST(DeviceLockTest, EachDeviceIsTakenOnce) {
  const TempDir dir;
  const std::vector<std::string> devices = {"0", "GPU-1/2"};
  {
    ASSERT_OK_AND_ASSIGN(const auto first, TryTakeDevice(devices, dir.path()));
    ASSERT_OK_AND_ASSIGN(const auto second, TryTakeDevice(devices, dir.path()));
    ASSERT_TRUE(first.has_value() && second.has_value());
    EXPECT_EQ(first->name, "0");
    EXPECT_EQ(second->name, "GPU-1/2");
    EXPECT_FALSE(TryTakeDevice(devices, dir.path())->has_value());
  }
  EXPECT_TRUE(TryTakeDevice(devices, dir.path())->has_value());
  EXPECT_THAT(*ListFolder(dir.path()), ElementsAre("0.lock", "GPU-1_2.lock"));
}

TEST(DeviceLockTest, AFolderThatCannotBeIsAnError) {
  EXPECT_THAT(TryTakeDevice({"0"}, "/proc/cxr_devices"),
              StatusIs(absl::StatusCode::kNotFound,
                       ::testing::StartsWith("/proc/cxr_devices")));
}

TEST(DeviceLockTest, AllProcessesOfTheMachineShareAFolder) {
  EXPECT_EQ(DeviceFolder(), DeviceFolder());
  EXPECT_THAT(DeviceFolder(), ::testing::EndsWith("/cxr_devices"));
}

}  // namespace
}  // namespace cxr
