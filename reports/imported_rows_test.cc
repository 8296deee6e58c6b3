// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/imported_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cxr/textproto/textproto.h"

namespace cxr::reports {
namespace {

using ::testing::IsEmpty;

spec::ImportedCell Cell(absl::string_view text) {
  spec::ImportedCell cell;
  EXPECT_THAT(ParseTextproto(text, cell).issues, IsEmpty());
  return cell;
}

TEST(ImportedRowsTest, CellsOfASystemAreOneRow) {
  spec::TableSpec table;
  table.add_rows()->set_label("own");
  ResultMap results = {{"own_experiment", {}}};
  AddImportedRows(
      {Cell("row: 'a' column: 'NIH' metrics { value: 0.25 } notes: 'x.csv'"),
       Cell("row: 'a' column: 'RSNA' metrics { value: 0.5 }"),
       Cell("row: 'b' column: 'NIH' metrics { value: 0.75 }")},
      &table, &results);
  ASSERT_EQ(table.rows_size(), 3);
  EXPECT_EQ(table.rows(0).label(), "own");
  EXPECT_EQ(table.rows(1).label(), "a, imported");
  EXPECT_FALSE(table.rows(1).has_published_row());
  ASSERT_EQ(table.rows(1).cells_size(), 2);
  EXPECT_EQ(table.rows(1).cells(1).column(), "RSNA");
  EXPECT_EQ(table.rows(2).label(), "b, imported");
  ASSERT_EQ(results.size(), 4u);
  const ExperimentResult& first =
      results.at(table.rows(1).cells(0).experiment());
  ASSERT_EQ(first.records.size(), 1u);
  EXPECT_EQ(first.records[0].metrics(0).value(), 0.25);
  EXPECT_EQ(first.records[0].notes(0), "x.csv");
  EXPECT_EQ(results.at(table.rows(2).cells(0).experiment())
                .records[0]
                .metrics(0)
                .value(),
            0.75);
}

TEST(ImportedRowsTest, ProtocolsShareTheirCells) {
  spec::TableSpec table;
  ResultMap published;
  ResultMap corrected;
  AddImportedRows({Cell("row: 'a' column: 'NIH' metrics { value: 0.25 }")},
                  &table, &published);
  AddImportedRows({Cell("row: 'a' column: 'NIH' metrics { value: 0.5 }"),
                   Cell("row: 'a' column: 'RSNA'")},
                  &table, &corrected);
  ASSERT_EQ(table.rows_size(), 1);
  ASSERT_EQ(table.rows(0).cells_size(), 2);
  const std::string& name = table.rows(0).cells(0).experiment();
  EXPECT_EQ(published.at(name).records[0].metrics(0).value(), 0.25);
  EXPECT_EQ(corrected.at(name).records[0].metrics(0).value(), 0.5);
}

TEST(ImportedRowsTest, NothingImportedChangesNothing) {
  spec::TableSpec table;
  ResultMap results;
  AddImportedRows({}, &table, &results);
  EXPECT_EQ(table.rows_size(), 0);
  EXPECT_THAT(results, IsEmpty());
}

}  // namespace
}  // namespace cxr::reports
