// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(CsvTest, ReadsQuotedCommasQuotesAndLineEnds) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Parse("a,b\r\n\"x,\"\"y\"\"\",\"two\nlines\"\n3,4", "t.csv"));
  ASSERT_EQ(table.rows().size(), 2u);
  EXPECT_THAT(table.rows()[0].cells, ElementsAre("x,\"y\"", "two\nlines"));
  EXPECT_EQ(table.rows()[0].line, 2);
  EXPECT_THAT(table.rows()[1].cells, ElementsAre("3", "4"));
  EXPECT_EQ(table.rows()[1].line, 4);
}

TEST(CsvTest, AcceptsByteOrderMarkAndEmptyCells) {
  ASSERT_OK_AND_ASSIGN(const CsvTable table, CsvTable::Parse("\xEF\xBB\xBF"
                                                             "a,b\n,\n",
                                                             "t.csv"));
  EXPECT_EQ(*table.Column("a"), 0);
  EXPECT_THAT(table.rows()[0].cells, ElementsAre("", ""));
}

TEST(CsvTest, UnknownColumnListsWhatIsThere) {
  ASSERT_OK_AND_ASSIGN(const CsvTable table, CsvTable::Parse("a,b\n", "t.csv"));
  EXPECT_THAT(table.Column("c"), StatusIs(absl::StatusCode::kDataLoss,
                                          HasSubstr("'c', found a, b")));
}

TEST(CsvTest, BrokenRowsNameFileAndLine) {
  constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
  EXPECT_THAT(CsvTable::Parse("a,b\n1,2\n1\n", "t.csv"),
              StatusIs(kDataLoss, StartsWith("t.csv:3: found 1 cells")));
  EXPECT_THAT(CsvTable::Parse("a\n\"x\n", "t.csv"),
              StatusIs(kDataLoss, StartsWith("t.csv:2: quote")));
  EXPECT_THAT(CsvTable::Parse("a\n\"x\"y\n", "t.csv"),
              StatusIs(kDataLoss, StartsWith("t.csv:2: found 'y'")));
  EXPECT_THAT(CsvTable::Parse("a,a\n", "t.csv"),
              StatusIs(kDataLoss, HasSubstr("twice")));
  EXPECT_THAT(CsvTable::Parse("", "t.csv"),
              StatusIs(kDataLoss, HasSubstr("no header")));
}

TEST(CsvTest, WritesCellsThatReadBack) {
  const std::string cell = "a,\"b\"\n";
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Parse("h\n" + CsvCell(cell) + "\n", "t.csv"));
  EXPECT_EQ(table.rows()[0].cells[0], cell);
  EXPECT_EQ(CsvCell("plain"), "plain");
}

}  // namespace
}  // namespace cxr
