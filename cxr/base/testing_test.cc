// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/testing.h"

#include <filesystem>

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(TestingTest, StatusMatchersTellCodesAndTexts) {
  const absl::Status lost = absl::DataLossError("x.png: truncated");
  EXPECT_THAT(lost, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("x.png")));
  EXPECT_THAT(lost, Not(StatusIs(absl::StatusCode::kNotFound, HasSubstr(""))));
  EXPECT_THAT(lost, Not(IsOk()));
  EXPECT_THAT(absl::StatusOr<int>(3), IsOk());
}

TEST(TestingTest, TempDirGoesWithItsObject) {
  std::string path;
  {
    const TempDir dir;
    path = dir.path();
    EXPECT_TRUE(std::filesystem::is_directory(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TestingTest, RunCommandReportsOutputAndExitCode) {
  const CommandResult result = RunCommand("echo out; echo err >&2; exit 7");
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_EQ(result.output, "out\nerr\n");
}

}  // namespace
}  // namespace cxr
