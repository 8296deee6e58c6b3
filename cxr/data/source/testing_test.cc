// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr char kGzipStart[] = "\x1f\x8b\x08";  // RFC 1952, section 2.3

TEST(TestingTest, TreeIsWrittenAndReplaced) {
  const TempDir folder;
  WriteTree(folder.path(), {{"a", "old"}, {"b/c/d.csv", "x\n"}});
  WriteTree(folder.path(), {{"a", "new"}});
  ASSERT_OK_AND_ASSIGN(std::string text, ReadFile(folder.File("a")));
  EXPECT_EQ(text, "new");
  ASSERT_OK_AND_ASSIGN(text, ReadFile(folder.File("b/c/d.csv")));
  EXPECT_EQ(text, "x\n");
}

TEST(TestingTest, WhatIsCalledGzIsCompressed) {
  const TempDir folder;
  const std::string text(100'000, 'a');
  WriteTree(folder.path(), {{"a.gz", text}});
  ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(folder.File("a.gz")));
  EXPECT_EQ(bytes, Gzip(text));
  EXPECT_THAT(bytes, StartsWith(kGzipStart));
  EXPECT_LT(bytes.size(), text.size() / 100);
  const CommandResult unpacked =
      RunCommand("gzip -dc '" + folder.File("a.gz") + "'");
  EXPECT_EQ(unpacked.exit_code, 0);
  EXPECT_EQ(unpacked.output, text);
}

TEST(TestingTest, RemarksNameTheFileWithoutItsFolder) {
  const ImageIndex index{
      .remarks = {{.what = "blank views", .count = 2, .first = "/a/b.csv:17"},
                  {.what = "ages 0", .count = 1, .first = "c.csv:2"}}};
  EXPECT_THAT(RemarksOf(index),
              ElementsAre(Pair("ages 0", "1, c.csv:2"),
                          Pair("blank views", "2, b.csv:17")));
}

}  // namespace
}  // namespace cxr
