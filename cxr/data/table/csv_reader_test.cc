// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/gzip.h"
#include "cxr/data/table/table_testing.h"
#include "nlohmann/json.hpp"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::StartsWith;
using Rows = std::vector<std::vector<std::string>>;

// The rows that are left in `table`.
absl::StatusOr<Rows> RestOf(CsvReader& table) {
  Rows rows;
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return rows;
    }
    rows.emplace_back(table.cells().begin(), table.cells().end());
  }
}

absl::StatusOr<Rows> RowsOf(absl::string_view text) {
  CXR_ASSIGN_OR_RETURN(CsvReader table,
                       CsvReader::FromText(std::string(text), "t.csv"));
  return RestOf(table);
}

absl::StatusOr<Rows> RowsOfFile(const std::string& bytes) {
  const TempDir dir;
  CXR_RETURN_IF_ERROR(WriteNewFile(dir.File("t.csv.gz"), bytes));
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(dir.File("t.csv.gz")));
  return RestOf(table);
}

TEST(CsvReaderTest, FindsColumnsByName) {
  ASSERT_OK_AND_ASSIGN(CsvReader table,
                       CsvReader::FromText("a,b\n1,2\n", "t.csv"));
  EXPECT_THAT(table.header(), ElementsAre("a", "b"));
  ASSERT_OK_AND_ASSIGN(const int b, table.Column("b"));
  EXPECT_EQ(b, 1);
  EXPECT_THAT(table.Column("c"), StatusIs(absl::StatusCode::kDataLoss,
                                          "t.csv: no column 'c', found a, b"));
  EXPECT_THAT(table.FindColumn("a"), Optional(0));
  EXPECT_EQ(table.FindColumn("c"), std::nullopt);
}

TEST(CsvReaderTest, ReadsRowsWithAndWithoutALastLineEnd) {
  for (const absl::string_view text : {"a,b\n1,2\n3,", "a,b\n1,2\n3,\n"}) {
    ASSERT_OK_AND_ASSIGN(const Rows rows, RowsOf(text));
    EXPECT_THAT(rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "")));
  }
}

TEST(CsvReaderTest, TakesQuotesOff) {
  ASSERT_OK_AND_ASSIGN(
      const Rows rows,
      RowsOf("a,b\n\"x, y\",\"two\nlines\r\nmore\"\n\"say \"\"hi\"\"\",\"\"\n"
             "in \"side,\"\"\"\"\n"));
  EXPECT_THAT(rows, ElementsAre(ElementsAre("x, y", "two\nlines\r\nmore"),
                                ElementsAre("say \"hi\"", ""),
                                ElementsAre("in \"side", "\"")));
}

TEST(CsvReaderTest, PassesOverAByteOrderMark) {
  ASSERT_OK_AND_ASSIGN(CsvReader table,
                       CsvReader::FromText("\xEF\xBB\xBF\"a\"\n1\n", "t.csv"));
  EXPECT_THAT(table.header(), ElementsAre("a"));
  ASSERT_OK_AND_ASSIGN(const bool more, table.Next());
  EXPECT_TRUE(more);
  EXPECT_EQ(table.offset(), 7);
}

TEST(CsvReaderTest, AcceptsCarriageReturns) {
  ASSERT_OK_AND_ASSIGN(const Rows rows,
                       RowsOf("a,b\r\n1,2\r\n\"3\",\"4\"\r\n\r\n5\r,6\r"));
  EXPECT_THAT(rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4"),
                                ElementsAre("5\r", "6")));
}

TEST(CsvReaderTest, PassesOverEmptyLinesOnly) {
  ASSERT_OK_AND_ASSIGN(const Rows rows, RowsOf("\n\na\n\n1\n\r\n\"\"\n\n"));
  EXPECT_THAT(rows, ElementsAre(ElementsAre("1"), ElementsAre("")));
}

TEST(CsvReaderTest, LetsColumnsLackNames) {
  ASSERT_OK_AND_ASSIGN(CsvReader table,
                       CsvReader::FromText(",a,\n0,1,2\n", "t.csv"));
  EXPECT_THAT(table.header(), ElementsAre("", "a", ""));
  EXPECT_THAT(table.FindColumn(""), Optional(0));
}

TEST(CsvReaderTest, RejectsARepeatedColumn) {
  EXPECT_THAT(RowsOf("\na,b,a\n"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "t.csv:2: column 'a' stands there twice"));
}

TEST(CsvReaderTest, RejectsTextWithoutAHeader) {
  for (const absl::string_view text : {"", "\n\r\n", "\xEF\xBB\xBF"}) {
    EXPECT_THAT(RowsOf(text),
                StatusIs(absl::StatusCode::kDataLoss, "t.csv: no header line"));
  }
}

TEST(CsvReaderTest, RejectsAnotherNumberOfCells) {
  EXPECT_THAT(RowsOf("a,b\n1,2\n\n1,2,3\n"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "t.csv:4: found 3 cells, expected 2 as in the header"));
  EXPECT_THAT(RowsOf("a,b\n\"\"\n"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "t.csv:2: found 1 cells, expected 2 as in the header"));
}

TEST(CsvReaderTest, RejectsTextAfterAClosingQuote) {
  for (const auto& [text, found] :
       {std::pair("a,b\n\"1\n2\"x,3\n", "t.csv:3: found 'x'"),
        std::pair("a,b\n1,\"2\" \n", "t.csv:2: found ' '"),
        std::pair("a,b\n\"1\"\r,2\n", "t.csv:2: found '\\r'")}) {
    EXPECT_THAT(RowsOf(text),
                StatusIs(absl::StatusCode::kDataLoss,
                         absl::StrCat(found,
                                      " after a closing quote, expected ',' or "
                                      "line end")));
  }
}

TEST(CsvReaderTest, SaysWhereAQuoteThatNeverClosesBegins) {
  EXPECT_THAT(
      RowsOf("a,b\n\"1\n2\",\"3\n\n"),
      StatusIs(absl::StatusCode::kDataLoss, "t.csv:3: quote is never closed"));
  EXPECT_THAT(RowsOf("a\n1\n\""), StatusIs(absl::StatusCode::kDataLoss,
                                           "t.csv:3: quote is never closed"));
}

TEST(CsvReaderTest, RepeatsItsEndAndItsError) {
  ASSERT_OK_AND_ASSIGN(CsvReader good, CsvReader::FromText("a\n1\n", "t"));
  ASSERT_OK_AND_ASSIGN(CsvReader bad, CsvReader::FromText("a\n1,2\n3\n", "t"));
  EXPECT_TRUE(*good.Next());
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(*good.Next());
    EXPECT_THAT(good.cells(), IsEmpty());
    EXPECT_THAT(bad.Next(), StatusIs(absl::StatusCode::kDataLoss,
                                     HasSubstr("t:2: found 2 cells")));
  }
}

TEST(CsvReaderTest, SaysWhereEachRowLies) {
  const std::string text = "a,b\n\"1\n\",2\r\n\n3,\"4\"\n5,6";
  ASSERT_OK_AND_ASSIGN(CsvReader table, CsvReader::FromText(text, "t.csv"));
  std::vector<std::string> rows;
  std::vector<int64_t> lines;
  while (*table.Next()) {
    rows.push_back(text.substr(table.offset(), table.length()));
    lines.push_back(table.line());
  }
  EXPECT_THAT(rows, ElementsAre("\"1\n\",2", "3,\"4\"", "5,6"));
  EXPECT_THAT(lines, ElementsAre(2, 5, 6));
  EXPECT_EQ(table.Place(), "t.csv:6");
}

TEST(CsvReaderTest, SaysWhatIsUnexpected) {
  ASSERT_OK_AND_ASSIGN(
      CsvReader table,
      CsvReader::FromText("Sex,x\nX," + std::string(99, 'x'), "t.csv"));
  ASSERT_TRUE(*table.Next());
  EXPECT_THAT(table.Unexpected(0, "F or M"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "t.csv:2: Sex: found 'X', expected F or M"));
  EXPECT_THAT(table.Unexpected(1, "y"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr(std::string(80, 'x') + "...', expected y")));
}

TEST(CsvReaderTest, ReadsPlainAndGzipFilesAlike) {
  const std::string text = MetadataTable(5000);  // longer than one block
  ASSERT_OK_AND_ASSIGN(const Rows expected, RowsOf(text));
  ASSERT_EQ(expected.size(), 5000u);
  const size_t half = text.size() / 2 + 1;
  for (const std::string& bytes :
       {text, Gzip(text),
        Gzip(text.substr(0, half)) + Gzip("") + Gzip(text.substr(half)) +
            std::string(3, '\0')}) {
    ASSERT_OK_AND_ASSIGN(const Rows rows, RowsOfFile(bytes));
    EXPECT_TRUE(rows == expected);
  }
}

// Every way in which a row can straddle two blocks of a file.
TEST(CsvReaderTest, ReadsRowsAcrossBlocks) {
  constexpr size_t kBlock = 256 << 10;
  const absl::string_view row = "x\"y,\"a\"\"b\",\"\",\"c\r\n,d\"\r\n";
  for (size_t before = 1; before <= row.size() + 1; ++before) {
    std::string text = "a,b,c,d\n,,,";
    text.append(kBlock - before - text.size() - 1, 'x');
    absl::StrAppend(&text, "\n", row, "1,2,3,4\n");
    ASSERT_OK_AND_ASSIGN(const Rows rows, RowsOfFile(text));
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_THAT(rows[1], ElementsAre("x\"y", "a\"b", "", "c\r\n,d"));
    EXPECT_THAT(rows[2], ElementsAre("1", "2", "3", "4"));
  }
}

TEST(CsvReaderTest, ReadsRowsMuchLongerThanABlock) {
  const std::string cell(3000000, 'x');
  ASSERT_OK_AND_ASSIGN(const Rows rows,
                       RowsOfFile("a,b\n1,\"" + cell + "\"\n2,y\n"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_TRUE(rows[0][1] == cell);
  EXPECT_THAT(rows[1], ElementsAre("2", "y"));
}

TEST(CsvReaderTest, GivesUpOnARowOfMoreThan256Megabytes) {
  std::string text = "a\n";
  text.append(size_t{257} << 20, 'x');
  text += "\n1\n";
  EXPECT_THAT(RowsOf(text), StatusIs(absl::StatusCode::kDataLoss,
                                     HasSubstr("t.csv:2: found a row of more "
                                               "than 256 MB")));
  const std::string packed = Gzip(text, 1);
  text = std::string();
  EXPECT_THAT(RowsOfFile(packed),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("t.csv.gz:2: found a row of more than")));
}

TEST(CsvReaderTest, SaysInWhichLineGzipIsDamaged) {
  const std::string text = MetadataTable(20000);
  std::string packed = Gzip(text);
  const std::string cut = packed.substr(0, packed.size() / 2);
  EXPECT_THAT(RowsOfFile(cut),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(::testing::ContainsRegex("t.csv.gz:[0-9]{4,}: "),
                             HasSubstr("cut off"))));
  packed[packed.size() - 6] ^= 1;  // the check
  EXPECT_THAT(RowsOfFile(packed),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("t.csv.gz:20002: found damaged gzip "
                                 "(incorrect data check)")));
}

TEST(CsvReaderTest, SaysWhatTheDiskSays) {
  const TempDir dir;
  EXPECT_THAT(
      CsvReader::Open(dir.File("none.csv")),
      StatusIs(absl::StatusCode::kNotFound, StartsWith(dir.File("none.csv"))));
  EXPECT_THAT(
      CsvReader::Open(dir.path()),
      StatusIs(absl::StatusCode::kInvalidArgument, StartsWith(dir.path())));
}

TEST(CsvReaderTest, KeepsTheTextThatIsWholeInMemory) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("plain"), "a,b\n1,\"x\"\"y\"\n2,\n"));
  ASSERT_OK(WriteNewFile(dir.File("gzip"), Gzip("a,b\n1,\"x\"\"y\"\n2,\n")));
  ASSERT_OK_AND_ASSIGN(CsvReader plain, CsvReader::Open(dir.File("plain")));
  EXPECT_FALSE(plain.keeps_text());
  ASSERT_OK_AND_ASSIGN(CsvReader table, CsvReader::Open(dir.File("gzip")));
  EXPECT_TRUE(table.keeps_text());
  std::vector<absl::string_view> cells;
  while (*table.Next()) {
    cells.insert(cells.end(), table.cells().begin(), table.cells().end());
  }
  EXPECT_THAT(cells, ElementsAre("1", "x\"y", "2", ""));
}

TEST(CsvReaderTest, CanBeMoved) {
  ASSERT_OK_AND_ASSIGN(CsvReader first, CsvReader::FromText("a\n1\n2\n", "t"));
  ASSERT_TRUE(*first.Next());
  CsvReader second = std::move(first);
  EXPECT_THAT(second.cells(), ElementsAre("1"));
  ASSERT_TRUE(*second.Next());
  EXPECT_THAT(second.cells(), ElementsAre("2"));
}

// Odd quoting as Python's csv and pandas write and read it.
TEST(CsvReaderTest, EqualsPython) {
  ASSERT_OK_AND_ASSIGN(
      const std::string text,
      ReadFile(TestData("cxr/data/table/testdata/csv_cases.json")));
  const auto cases = nlohmann::json::parse(text, nullptr, false);
  ASSERT_GT(cases.size(), 400u);
  int errors = 0;
  for (const auto& one : cases) {
    SCOPED_TRACE(one.dump());
    const absl::StatusOr<Rows> rows =
        RowsOf("a,b,c\n" + one["text"].get<std::string>());
    ASSERT_EQ(rows.ok(), !one["rows"].is_null()) << rows.status();
    if (rows.ok()) {
      EXPECT_EQ(*rows, one["rows"].get<Rows>());
    }
    errors += rows.ok() ? 0 : 1;
  }
  EXPECT_GT(errors, 50);
}

}  // namespace
}  // namespace cxr
