// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "tools/command_line.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

class PlacesTest : public ::testing::Test {
 protected:
  PlacesTest() {
    unsetenv("BUILD_WORKSPACE_DIRECTORY");
    unsetenv("BUILD_WORKING_DIRECTORY");
    unsetenv("CXR_STORE");
    setenv("HOME", "/home/reader", /*overwrite=*/1);
  }

 private:
  absl::FlagSaver saver_;
};

TEST_F(PlacesTest, TheStoreIsFlagThenVariableThenHome) {
  EXPECT_EQ(*StorePath(), "/home/reader/.cache/cxr/store");
  setenv("CXR_STORE", "/var/store", 1);
  EXPECT_EQ(*StorePath(), "/var/store");
  absl::SetFlag(&FLAGS_store, "mine");
  EXPECT_EQ(*StorePath(), "mine");
  setenv("BUILD_WORKING_DIRECTORY", "/where/i/am", 1);
  EXPECT_EQ(*StorePath(), "/where/i/am/mine");
}

TEST_F(PlacesTest, WithoutAnyPlaceTheStoreIsAnError) {
  unsetenv("HOME");
  EXPECT_THAT(StorePath(), StatusIs(absl::StatusCode::kInvalidArgument,
                                    HasSubstr("--store")));
}

TEST_F(PlacesTest, TablesGoToTheWorkingCopy) {
  EXPECT_EQ(OutPath("demo"), "results/demo");
  setenv("BUILD_WORKSPACE_DIRECTORY", "/copy", 1);
  EXPECT_EQ(OutPath("demo"), "/copy/results/demo");
  absl::SetFlag(&FLAGS_out, "/elsewhere");
  EXPECT_EQ(OutPath("demo"), "/elsewhere");
}

TEST_F(PlacesTest, TheRootIsWhereTheRungsAre) {
  const TempDir dir;
  absl::SetFlag(&FLAGS_root, dir.path());
  EXPECT_THAT(FindRoot("cxr"), StatusIs(absl::StatusCode::kNotFound,
                                        HasSubstr("--root holds no")));
  ASSERT_OK(CreateDirectories(dir.File("experiments")));
  ASSERT_OK(WriteNewFile(dir.File("experiments/rungs.textproto"), ""));
  EXPECT_EQ(*FindRoot("cxr"), dir.path());
}

}  // namespace
}  // namespace cxr
