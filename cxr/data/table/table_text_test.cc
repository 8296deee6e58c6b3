// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/table_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/gzip.h"
#include "cxr/data/table/table_testing.h"

namespace cxr {
namespace {

// Passes over `text`, up to `step` bytes at a time, and expects `expected`.
void ExpectPasses(TableText text, size_t step, const std::string& expected) {
  std::string found;
  while (!text.complete()) {
    EXPECT_EQ(text.data()[text.size()], '\n');
    EXPECT_EQ(text.offset(), static_cast<int64_t>(found.size()));
    const size_t used = std::min(step, text.size());
    found.append(text.data(), used);
    ASSERT_OK(text.Advance(used));
    ASSERT_TRUE(text.complete() || text.size() > 0);
  }
  EXPECT_EQ(text.data()[text.size()], '\n');
  EXPECT_EQ(text.offset(), static_cast<int64_t>(found.size()));
  found.append(text.data(), text.size());
  EXPECT_TRUE(found == expected) << found.size() << " bytes";
}

TEST(TableTextTest, PassesOverTextInMemory) {
  ExpectPasses(TableText::FromText("abc"), 1, "abc");
  ExpectPasses(TableText::FromText(""), 1, "");
}

TEST(TableTextTest, PassesOverFilesPlainAndPacked) {
  const TempDir dir;
  const std::string text = MetadataTable(20000);  // some blocks
  ASSERT_OK(WriteNewFile(dir.File("plain"), text));
  ASSERT_OK(WriteNewFile(dir.File("one"), Gzip(text)));
  ASSERT_OK(WriteNewFile(dir.File("two"), Gzip(text) + Gzip("abc")));
  for (const size_t step : {size_t{100000}, size_t{1} << 30}) {
    ASSERT_OK_AND_ASSIGN(TableText plain, TableText::Open(dir.File("plain")));
    ExpectPasses(std::move(plain), step, text);
    ASSERT_OK_AND_ASSIGN(TableText one, TableText::Open(dir.File("one")));
    ExpectPasses(std::move(one), step, text);
    ASSERT_OK_AND_ASSIGN(TableText two, TableText::Open(dir.File("two")));
    ExpectPasses(std::move(two), step, text + "abc");
  }
}

TEST(TableTextTest, GrowsUntilEnoughIsInMemory) {
  const TempDir dir;
  const std::string text = MetadataTable(20000);
  ASSERT_OK(WriteNewFile(dir.File("a"), text));
  ASSERT_OK_AND_ASSIGN(TableText window, TableText::Open(dir.File("a")));
  for (size_t before = 0; !window.complete(); before = window.size()) {
    ASSERT_OK(window.Advance(0));
    ASSERT_GT(window.size(), before);
  }
  EXPECT_TRUE(std::string(window.data(), window.size()) == text);
}

TEST(TableTextTest, OpensAnEmptyFile) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("a"), ""));
  ASSERT_OK_AND_ASSIGN(TableText text, TableText::Open(dir.File("a")));
  ASSERT_OK(text.Advance(0));
  EXPECT_TRUE(text.complete());
  EXPECT_EQ(text.size(), 0u);
}

}  // namespace
}  // namespace cxr
