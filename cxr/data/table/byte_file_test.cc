// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/byte_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::StartsWith;

TEST(ByteFileTest, ReadsFromAnyPlace) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("a"), "0123456789"));
  ASSERT_OK_AND_ASSIGN(ByteFile first, ByteFile::Open(dir.File("a")));
  const ByteFile file = std::move(first);
  EXPECT_EQ(file.size(), 10);
  EXPECT_EQ(file.path(), dir.File("a"));
  std::string text(4, ' ');
  ASSERT_OK_AND_ASSIGN(const size_t whole, file.ReadAt(3, text.data(), 4));
  EXPECT_EQ(whole, 4u);
  EXPECT_EQ(text, "3456");
  ASSERT_OK_AND_ASSIGN(const size_t part, file.ReadAt(8, text.data(), 4));
  EXPECT_EQ(part, 2u);
  EXPECT_EQ(text, "8956");
  ASSERT_OK_AND_ASSIGN(const size_t none, file.ReadAt(10, text.data(), 4));
  EXPECT_EQ(none, 0u);
}

TEST(ByteFileTest, TellsGzipByItsFirstBytes) {
  const TempDir dir;
  for (const auto& [name, bytes, expected] :
       {std::tuple("none", "", false), std::tuple("short", "\x1F", false),
        std::tuple("gzip", "\x1F\x8B", true),
        std::tuple("text", "a,b\n", false)}) {
    ASSERT_OK(WriteNewFile(dir.File(name), bytes));
    ASSERT_OK_AND_ASSIGN(const ByteFile file, ByteFile::Open(dir.File(name)));
    ASSERT_OK_AND_ASSIGN(const bool is_gzip, file.IsGzip());
    EXPECT_EQ(is_gzip, expected) << name;
  }
}

TEST(ByteFileTest, SaysWhatTheDiskSays) {
  const TempDir dir;
  EXPECT_THAT(
      ByteFile::Open(dir.File("none")),
      StatusIs(absl::StatusCode::kNotFound, StartsWith(dir.File("none"))));
  EXPECT_THAT(
      ByteFile::Open(dir.path()),
      StatusIs(absl::StatusCode::kInvalidArgument, StartsWith(dir.path())));
}

}  // namespace
}  // namespace cxr
