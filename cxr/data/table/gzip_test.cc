// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/gzip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::StartsWith;

std::string UnpackedByGzip(const std::string& bytes) {
  const TempDir folder;
  EXPECT_OK(WriteNewFile(folder.File("a.gz"), bytes));
  const CommandResult unpacked =
      RunCommand(absl::StrCat("gzip -dc '", folder.File("a.gz"), "'"));
  EXPECT_EQ(unpacked.exit_code, 0);
  return unpacked.output;
}

TEST(GzipTest, GzipUnpacksIt) {
  for (const int level : {0, 1, 6, 12}) {
    SCOPED_TRACE(level);
    for (const std::string& text :
         {std::string(), std::string("abc"), std::string(100'000, 'a')}) {
      EXPECT_EQ(UnpackedByGzip(Gzip(text, level)), text);
    }
  }
}

TEST(GzipTest, RepetitionIsPacked) {
  EXPECT_LT(Gzip(std::string(100'000, 'a')).size(), 1'000u);
}

// RFC 1952, section 2.3: magic, method, no flags (no name), time 0.
TEST(GzipTest, HeaderHasNeitherNameNorTime) {
  const std::string header("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);
  EXPECT_THAT(Gzip("abc"), StartsWith(header));
}

TEST(GzipDeathTest, LevelsBeyondTwelveAreProgrammersErrors) {
  EXPECT_DEATH(Gzip("abc", 13), "level 13");
}

}  // namespace
}  // namespace cxr
