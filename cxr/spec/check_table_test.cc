// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cxr/base/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPublished[] =
    "columns: ['Model', 'A', 'Avg.']"
    "rows { key: 's' cells { text: 'S' } cells { text: '1' }"
    "  cells { text: '2' } }";

std::vector<std::string> Problems(const std::string& table_text,
                                  const std::string& published_text) {
  spec::TableSpec table;
  spec::PublishedValues published;
  EXPECT_THAT(ParseTextproto(table_text, table).issues, IsEmpty());
  EXPECT_THAT(ParseTextproto(published_text, published).issues, IsEmpty());
  std::vector<std::string> texts;
  for (const SpecIssue& issue : CheckTable(table, published, "t")) {
    texts.push_back(issue.field + ": " + issue.message);
  }
  return texts;
}

TEST(CheckTableTest, AFittingTableHasNoProblems) {
  EXPECT_THAT(Problems("columns { metric: MACRO_AUROC }"
                       "columns { average { columns: 'A' } }"
                       "rows { published_row: 's' cells { column: 'A' } }",
                       kPublished),
              IsEmpty());
}

TEST(CheckTableTest, NamesMustBeThosePublished) {
  EXPECT_THAT(
      Problems("columns { metric: MACRO_AUROC }"
               "columns { average { columns: 'B' } }"
               "rows { label: 'X' published_row: 'z' cells { column: 'a' }"
               "  cells { column: 'A' } cells { column: 'A' } }",
               kPublished),
      ElementsAre("columns.average.columns: no column 'B'; there are: Model, "
                  "A, Avg.",
                  "rows.published_row: no published row 'z'; there are: s",
                  "rows.cells.column: no column 'a'; there are: Model, A, Avg.",
                  "rows.cells.column: 'A' stands there twice in 'X'"));
}

TEST(CheckTableTest, OnlyAurocsAreAveraged) {
  EXPECT_THAT(Problems("columns { metric: MACRO_AUPRC }"
                       "columns { average { columns: 'A' } }",
                       kPublished),
              ElementsAre("columns.average.columns: 'A' is no AUROC; means of "
                          "other metrics are not defined"));
}

TEST(CheckTableTest, CountsMustAgree) {
  EXPECT_THAT(Problems("columns { metric: MACRO_AUROC }", kPublished),
              ElementsAre("columns: found 1 columns, expected 2 as published"));
  EXPECT_THAT(Problems("", "columns: 'Model' rows { key: 's' }"),
              ElementsAre("published: its row 's' has 0 cells, expected 1"));
}

}  // namespace
}  // namespace cxr
