// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/exit_code.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(ExitCodeTest, StatusesFallIntoClasses) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kDone);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), ExitCode::kUsage);
  EXPECT_EQ(ExitCodeOf(absl::OutOfRangeError("")), ExitCode::kDiverged);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), ExitCode::kUndecided);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), ExitCode::kUndecided);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), ExitCode::kInternal);
  EXPECT_EQ(ExitCodeOf(absl::CancelledError("")), ExitCode::kRetryable);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), ExitCode::kRetryable);
}

}  // namespace
}  // namespace cxr
