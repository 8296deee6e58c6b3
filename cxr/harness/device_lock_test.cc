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
    ASSERT_OK_AND_ASSIGN(const auto first,
                         TryTakeDevices(devices, 1, dir.path()));
    ASSERT_OK_AND_ASSIGN(const auto second,
                         TryTakeDevices(devices, 1, dir.path()));
    ASSERT_TRUE(first.has_value() && second.has_value());
    EXPECT_EQ(first->at(0).name, "0");
    EXPECT_EQ(second->at(0).name, "GPU-1/2");
    EXPECT_FALSE(TryTakeDevices(devices, 1, dir.path())->has_value());
  }
  EXPECT_TRUE(TryTakeDevices(devices, 1, dir.path())->has_value());
  EXPECT_THAT(*ListFolder(dir.path()), ElementsAre("0.lock", "GPU-1_2.lock"));
}

TEST(DeviceLockTest, SeveralAreTakenTogetherOrNotAtAll) {
  const TempDir dir;
  const std::vector<std::string> devices = {"0", "1", "2"};
  {
    ASSERT_OK_AND_ASSIGN(const auto one, TryTakeDevices({"1"}, 1, dir.path()));
    EXPECT_FALSE(TryTakeDevices(devices, 3, dir.path())->has_value());
    ASSERT_OK_AND_ASSIGN(const auto two,
                         TryTakeDevices(devices, 2, dir.path()));
    ASSERT_TRUE(two.has_value());
    ASSERT_EQ(two->size(), 2u);
    EXPECT_EQ(two->at(0).name, "0");
    EXPECT_EQ(two->at(1).name, "2");
  }
  EXPECT_TRUE(TryTakeDevices(devices, 3, dir.path())->has_value());
}

TEST(DeviceLockTest, AFolderThatCannotBeIsAnError) {
  EXPECT_THAT(TryTakeDevices({"0"}, 1, "/proc/cxr_devices"),
              StatusIs(absl::StatusCode::kNotFound,
                       ::testing::StartsWith("/proc/cxr_devices")));
}

TEST(DeviceLockTest, AllProcessesOfTheMachineShareAFolder) {
  EXPECT_EQ(DeviceFolder(), DeviceFolder());
  EXPECT_THAT(DeviceFolder(), ::testing::EndsWith("/cxr_devices"));
}

}  // namespace
}  // namespace cxr
