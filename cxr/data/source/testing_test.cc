// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/gzip.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

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
  WriteTree(folder.path(), {{"a.gz", "abc"}, {"gz", "abc"}});
  ASSERT_OK_AND_ASSIGN(std::string bytes, ReadFile(folder.File("a.gz")));
  EXPECT_EQ(bytes, Gzip("abc"));
  ASSERT_OK_AND_ASSIGN(bytes, ReadFile(folder.File("gz")));
  EXPECT_EQ(bytes, "abc");
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
