// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/device_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cxr/base/testing.h"
#include "cxr/base/torch_device.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(DeviceProbeTest, FindsWhatAutoOpens) {
  const std::string kind = ProbeDeviceKind();
  EXPECT_EQ(ProbeDeviceKind(), kind);
  // After the probe: it must not have kept this process from opening it.
  ASSERT_OK_AND_ASSIGN(const c10::Device device, OpenDevice("auto"));
  if (device.is_cpu()) {
    EXPECT_EQ(kind, "cpu");
  } else {
    EXPECT_THAT(DescribeDevice(device), HasSubstr(kind));
  }
}

}  // namespace
}  // namespace cxr
