// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/imported_rows.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace cxr::reports {
namespace {

// The row of that label, which is added if need be.
spec::RowSpec& RowOf(const std::string& label, spec::TableSpec& table) {
  for (spec::RowSpec& row : *table.mutable_rows()) {
    if (row.label() == label) return row;
  }
  spec::RowSpec& row = *table.add_rows();
  row.set_label(label);
  return row;
}

bool HasColumn(const spec::RowSpec& row, const std::string& column) {
  return std::any_of(
      row.cells().begin(), row.cells().end(),
      [&](const spec::CellSpec& cell) { return cell.column() == column; });
}

}  // namespace

void AddImportedRows(const std::vector<spec::ImportedCell>& cells,
                     spec::TableSpec* table, ResultMap* results) {
  for (const spec::ImportedCell& cell : cells) {
    // No name of an experiment has a colon.
    const std::string name =
        absl::StrCat("import:", cell.row(), "\n", cell.column());
    spec::RowSpec& row = RowOf(absl::StrCat(cell.row(), ", imported"), *table);
    if (!HasColumn(row, cell.column())) {
      spec::CellSpec& filled = *row.add_cells();
      filled.set_column(cell.column());
      filled.set_experiment(name);
    }
    spec::RunRecord& score = (*results)[name].records.emplace_back();
    *score.mutable_metrics() = cell.metrics();
    *score.mutable_notes() = cell.notes();
  }
}

}  // namespace cxr::reports
