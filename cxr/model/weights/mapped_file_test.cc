// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/mapped_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(MappedFileTest, HoldsTheBytesAfterTheFileIsReplacedAndDeleted) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("x"), "old"));
  ASSERT_OK_AND_ASSIGN(const MappedFile file, MapFile(dir.File("x")));
  ASSERT_OK(WriteFileAtomically(dir.File("x"), "new"));
  ASSERT_OK(RemoveAll(dir.File("x")));
  EXPECT_EQ(file.bytes, "old");
}

TEST(MappedFileTest, EmptyFileHasNoBytes) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("x"), ""));
  ASSERT_OK_AND_ASSIGN(const MappedFile file, MapFile(dir.File("x")));
  EXPECT_EQ(file.bytes, "");
}

TEST(MappedFileTest, WhatIsNoFileIsAnError) {
  const TempDir dir;
  EXPECT_THAT(MapFile("/nowhere/x"), StatusIs(absl::StatusCode::kNotFound,
                                              StartsWith("/nowhere/x: ")));
  EXPECT_THAT(MapFile(dir.path()), StatusIs(absl::StatusCode::kInvalidArgument,
                                            HasSubstr("expected a file")));
  ASSERT_EQ(mkfifo(dir.File("pipe").c_str(), 0600), 0);
  EXPECT_THAT(MapFile(dir.File("pipe")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("expected a file")));
}

}  // namespace
}  // namespace cxr
