// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/published_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Lines of a table, each its cells as a reader of the source sees them.
using Cells = std::vector<std::vector<std::string>>;

// The cells of a Markdown table without padding and without the line of
// dashes.
Cells CellsOf(absl::string_view markdown) {
  Cells cells;
  int number = 0;
  for (absl::string_view line :
       absl::StrSplit(markdown, '\n', absl::SkipWhitespace())) {
    if (++number == 2) {
      EXPECT_THAT(std::string(line), HasSubstr("---"));
      continue;
    }
    line = absl::StripAsciiWhitespace(line);
    EXPECT_TRUE(absl::ConsumePrefix(&line, "|")) << line;
    EXPECT_TRUE(absl::ConsumeSuffix(&line, "|")) << line;
    std::vector<std::string>& row = cells.emplace_back();
    for (const absl::string_view cell : absl::StrSplit(line, '|')) {
      row.emplace_back(absl::StripAsciiWhitespace(cell));
    }
  }
  return cells;
}

template <typename Message>
Message Declared(absl::string_view path) {
  Message message;
  const absl::StatusOr<std::string> text = ReadFile(TestData(path));
  EXPECT_OK(text);
  EXPECT_THAT(ParseTextproto(*text, message).issues, IsEmpty()) << path;
  return message;
}

spec::FamilySpec Family(absl::string_view id) {
  const auto set = Declared<spec::FamilySet>("experiments/families.textproto");
  for (const spec::FamilySpec& family : set.families()) {
    if (family.id() == id) {
      return family;
    }
  }
  ADD_FAILURE() << "no family " << id;
  return spec::FamilySpec();
}

spec::PublishedValues ParseTable(absl::string_view text) {
  spec::PublishedValues table;
  EXPECT_THAT(ParseTextproto(text, table).issues, IsEmpty());
  return table;
}

// Oracle: the tables of the original READMEs.
class PublishedValuessTest : public ::testing::TestWithParam<const char*> {
 protected:
  void ExpectSameCellsFor(absl::string_view family) {
    const spec::PublishedValues table = Declared<spec::PublishedValues>(
        absl::StrCat("experiments/published/", GetParam(), ".textproto"));
    ASSERT_OK_AND_ASSIGN(const Grid grid, PublishedGrid(table, Family(family)));
    ASSERT_OK_AND_ASSIGN(
        const std::string original,
        ReadFile(TestData(absl::StrCat("tests/testdata/published/", family, "/",
                                       GetParam(), ".md"))));
    ASSERT_GE(CellsOf(original).size(), 3u);
    EXPECT_EQ(CellsOf(ToMarkdown(grid)), CellsOf(original));
  }
};

TEST_P(PublishedValuessTest, EqualsTheOriginalOfCheXformer) {
  ExpectSameCellsFor("chexformer");
}

TEST_P(PublishedValuessTest, EqualsTheOriginalOfScan42) {
  ExpectSameCellsFor("scan42");
}

INSTANTIATE_TEST_SUITE_P(AllFive, PublishedValuessTest,
                         ::testing::Values("checkpoints", "classification",
                                           "datasets", "report_generation",
                                           "segmentation"),
                         [](const auto& test) {
                           // Names of cases have no underscores.
                           return absl::StrCat("Table", test.index);
                         });

TEST(PublishedGridTest, PrintsNumbersWithTheirDecimalsAndSuffixes) {
  const spec::PublishedValues table = ParseTable(
      "columns: ['Model', 'A', 'B'] "
      "rows { key: 's' cells { text: '{family} {family_link}' } "
      "  cells { number { value: 86.8 decimals: 2 } suffix: '%' bold: true } "
      "  cells { number { value: 22 decimals: 0 } suffix: 'M' } }");
  spec::FamilySpec family;
  family.set_display("Shown");
  family.set_link("linked");
  ASSERT_OK_AND_ASSIGN(const Grid grid, PublishedGrid(table, family));
  EXPECT_EQ(ToMarkdown(grid),
            "| Model        | A          | B   |\n"
            "| ------------ | ---------- | --- |\n"
            "| Shown linked | **86.80%** | 22M |\n");
}

TEST(PublishedGridTest, ARowWithTooFewCellsIsNamed) {
  const spec::PublishedValues table = ParseTable(
      "columns: ['Model', 'A'] "
      "rows { key: 's' cells { text: 'S' } cells { text: '1' } } "
      "rows { key: 'short' cells { text: 'B' } }");
  EXPECT_THAT(PublishedGrid(table, spec::FamilySpec()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "published row 'short' has 1 cells, expected 2"));
}

}  // namespace
}  // namespace cxr::reports
