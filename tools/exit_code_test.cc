// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/exit_code.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(ExitCodeTest, FailPrintsOneLineAndReturnsTheCode) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Fail(ExitCode::kStore, absl::ResourceExhaustedError("x: full")),
            ExitCode::kStore);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "cxr: error: x: full\n");
}

TEST(ExitCodeTest, AStatusBringsItsCode) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Fail(absl::DataLossError("x: torn")), ExitCode::kUndecided);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "cxr: error: x: torn\n");
}

TEST(ExitCodeTest, WhatIsDoneSaysNothing) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(CodeOf(absl::OkStatus()), ExitCode::kDone);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(CodeOf(absl::NotFoundError("x: gone")), ExitCode::kUndecided);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "cxr: error: x: gone\n");
}

}  // namespace
}  // namespace cxr
