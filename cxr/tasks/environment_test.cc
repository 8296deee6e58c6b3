// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(EnvironmentTest, NamesTheLibraryThatThisProjectPins) {
  EXPECT_THAT(ComputeLibraries(), ::testing::StartsWith("LibTorch 2.11.0, "));
}

}  // namespace
}  // namespace cxr
