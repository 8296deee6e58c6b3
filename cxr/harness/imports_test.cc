// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/imports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/gc.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

spec::ImportedCell Cell(const std::string& row, const std::string& column) {
  spec::ImportedCell cell;
  cell.set_table("table");
  cell.set_rung("demo");
  cell.set_protocol("as_published");
  cell.set_row(row);
  cell.set_column(column);
  cell.add_metrics()->set_value(0.75);
  return cell;
}

class ImportsTest : public ::testing::Test {
 protected:
  // "ROW, COLUMN" of each cell.
  std::vector<std::string> Read(absl::string_view rung) const {
    const std::vector<spec::ImportedCell> cells =
        ReadImports(store_, "table", rung, "as_published").value();
    std::vector<std::string> texts;
    for (const spec::ImportedCell& cell : cells) {
      texts.push_back(absl::StrCat(cell.row(), ", ", cell.column()));
      EXPECT_EQ(cell.metrics(0).value(), 0.75);
    }
    return texts;
  }

  const TempDir dir_;
  const Store store_ = Store::OpenToRead(dir_.File("store"));
};

TEST_F(ImportsTest, AnEmptyStoreHasNone) {
  EXPECT_THAT(Read("demo"), IsEmpty());
}

TEST_F(ImportsTest, CellsStandByRowAndColumn) {
  ASSERT_THAT(WriteImport(store_, Cell("b/../c", "RSNA"), ImportMode::kNew),
              IsOk());
  ASSERT_THAT(WriteImport(store_, Cell("A, B", "RSNA"), ImportMode::kNew),
              IsOk());
  ASSERT_THAT(WriteImport(store_, Cell("A, B", "NIH"), ImportMode::kNew),
              IsOk());
  EXPECT_THAT(Read("demo"),
              ElementsAre("A, B, NIH", "A, B, RSNA", "b/../c, RSNA"));
  EXPECT_THAT(Read("paper"), IsEmpty());
}

TEST_F(ImportsTest, ACellIsReplacedIfOneSaysSo) {
  spec::ImportedCell cell = Cell("A", "NIH");
  cell.mutable_metrics(0)->set_value(0.25);
  ASSERT_THAT(WriteImport(store_, cell, ImportMode::kNew), IsOk());
  cell.mutable_metrics(0)->set_value(0.75);
  EXPECT_THAT(WriteImport(store_, cell, ImportMode::kNew),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("A, NIH: was imported before; --overwrite")));
  ASSERT_THAT(WriteImport(store_, cell, ImportMode::kOverwrite), IsOk());
  EXPECT_THAT(Read("demo"), ElementsAre("A, NIH"));
}

TEST_F(ImportsTest, ACellIsRemoved) {
  for (const char* row : {"A", "B"}) {
    ASSERT_THAT(WriteImport(store_, Cell(row, "NIH"), ImportMode::kNew),
                IsOk());
  }
  ASSERT_THAT(RemoveImport(store_, Cell("A", "NIH")), IsOk());
  EXPECT_THAT(Read("demo"), ElementsAre("B, NIH"));
}

TEST_F(ImportsTest, NothingOfThemIsGarbage) {
  ASSERT_THAT(WriteImport(store_, Cell("A", "NIH"), ImportMode::kNew), IsOk());
  ASSERT_OK_AND_ASSIGN(const Store store, Store::Open(store_.path()));
  ASSERT_OK_AND_ASSIGN(const Garbage garbage, FindGarbage(store));
  ASSERT_THAT(DeleteGarbage(store, garbage), IsOk());
  EXPECT_THAT(Read("demo"), ElementsAre("A, NIH"));
}

TEST_F(ImportsTest, ADamagedFileIsNamed) {
  ASSERT_THAT(WriteImport(store_, Cell("A", "NIH"), ImportMode::kNew), IsOk());
  const std::string folder = JoinPath(store_.path(), "imports/table");
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names,
                       ListFolder(folder));
  for (const char* text : {"row: ", "row: 'B'"}) {
    ASSERT_THAT(WriteFileAtomically(JoinPath(folder, names[0]), text), IsOk());
    EXPECT_THAT(ReadImports(store_, "table", "demo", "as_published"),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(names[0])));
  }
}

}  // namespace
}  // namespace cxr
