// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/find_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(FindTableTest, FileIsTheFirstThatIsThere) {
  const TempDir folder;
  EXPECT_EQ(FindOptionalFile(folder.path(), {"a.csv"}), std::nullopt);
  EXPECT_THAT(FindFile(folder.path(), {"a.csv", "x/b.csv"}),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(folder.path()),
                             HasSubstr("found none of a.csv, x/b.csv"))));
  WriteTree(folder.path(), {{"x/b.csv.gz", "c\n"}});
  ASSERT_OK_AND_ASSIGN(std::string file,
                       FindFile(folder.path(), {"a.csv", "x/b.csv"}));
  EXPECT_EQ(file, "x/b.csv.gz");
  WriteTree(folder.path(), {{"a.csv", "c\n"}, {"a.csv.gz", "c\n"}});
  ASSERT_OK_AND_ASSIGN(file, FindFile(folder.path(), {"a.csv", "x/b.csv"}));
  EXPECT_EQ(file, "a.csv");
}

TEST(FindTableTest, TableLiesInTheFolderOrInAFolderInIt) {
  const TempDir folder;
  EXPECT_THAT(FindTable(folder.path(), "t.csv"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no t.csv")));
  EXPECT_THAT(FindTable(folder.File("none"), "t.csv"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
  WriteTree(folder.path(), {{"b/t.csv", "c\n"}, {"b/c/u.csv", "c\n"}});
  ASSERT_OK_AND_ASSIGN(std::string file, FindTable(folder.path(), "t.csv"));
  EXPECT_EQ(file, "b/t.csv");
  EXPECT_EQ(FolderOf(file), "b");
  EXPECT_THAT(FindTable(folder.path(), "u.csv"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no u.csv")));
  WriteTree(folder.path(), {{"d/t.csv.gz", "c\n"}});
  EXPECT_THAT(FindTable(folder.path(), "t.csv"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found b/t.csv and d/t.csv.gz")));
  WriteTree(folder.path(), {{"t.csv", "c\n"}});
  ASSERT_OK_AND_ASSIGN(file, FindTable(folder.path(), "t.csv"));
  EXPECT_EQ(file, "t.csv");
  EXPECT_EQ(FolderOf(file), "");
}

TEST(FindTableTest, StarInATablesNameIsAnyText) {
  const TempDir folder;
  WriteTree(folder.path(), {{"r/m-2.csv", "c\n"},
                            {"r/m-2.0-a.csv", "c\n"},
                            {"r/m-2.0-a.csv.gz", "c\n"},
                            {"r/x-m-2.0-a.csv", "c\n"}});
  ASSERT_OK_AND_ASSIGN(std::string file, FindTable(folder.path(), "m-*-a.csv"));
  EXPECT_EQ(file, "r/m-2.0-a.csv");
  WriteTree(folder.path(), {{"r/m-2.1-a.csv", "c\n"}});
  EXPECT_THAT(FindTable(folder.path(), "m-*-a.csv"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("r/m-2.0-a.csv and r/m-2.1-a.csv")));
}

}  // namespace
}  // namespace cxr
