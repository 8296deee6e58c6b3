// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/cell.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// By which a row is named on the command line.
std::string NameOf(const spec::RowSpec& row) {
  return row.has_published_row() ? row.published_row() : row.label();
}

// Names may hold dots ("Avg."): the row is the one that begins the text.
absl::StatusOr<const spec::RowSpec*> FindRow(const spec::TableSpec& table,
                                             absl::string_view cell) {
  std::vector<std::string> names;
  for (const spec::RowSpec& row : table.rows()) {
    for (const std::string& name : {NameOf(row), row.label()}) {
      if (absl::StartsWithIgnoreCase(cell, absl::StrCat(name, "."))) {
        return &row;
      }
    }
    names.push_back(NameOf(row));
  }
  if (names.empty()) {
    return absl::InvalidArgumentError(
        "--cell: this table computes no cell; it is as published");
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--cell: found '", cell, "', expected ROW.COLUMN; ",
      absl::StrContains(cell, '.')
          ? Hint(cell.substr(0, cell.find('.')), names)
          : absl::StrCat("rows are: ", absl::StrJoin(names, ", "))));
}

absl::string_view ColumnPart(const spec::RowSpec& row, absl::string_view cell) {
  const std::string name = absl::StrCat(NameOf(row), ".");
  return absl::StartsWithIgnoreCase(cell, name)
             ? cell.substr(name.size())
             : cell.substr(row.label().size() + 1);
}

// The columns whose cells the column of header `header` shows.
std::vector<std::string> ColumnsBehind(const spec::TableSpec& table,
                                       const spec::PublishedValues& published,
                                       absl::string_view header) {
  for (int i = 0; i < table.columns_size() && i + 1 < published.columns_size();
       ++i) {
    if (absl::EqualsIgnoreCase(published.columns(i + 1), header)) {
      const spec::ColumnSpec& column = table.columns(i);
      return column.has_average()
                 ? std::vector<std::string>(column.average().columns().begin(),
                                            column.average().columns().end())
                 : std::vector<std::string>{published.columns(i + 1)};
    }
  }
  return {};
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ExperimentsOfCell(
    const spec::TableSpec& table, const spec::PublishedValues& published,
    absl::string_view cell) {
  CXR_ASSIGN_OR_RETURN(const spec::RowSpec* row, FindRow(table, cell));
  const absl::string_view header = ColumnPart(*row, cell);
  const std::vector<std::string> columns =
      ColumnsBehind(table, published, header);
  if (columns.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--cell: ", NotThere("column", header,
                                          {published.columns().begin() + 1,
                                           published.columns().end()})));
  }
  std::vector<std::string> experiments;
  for (const spec::CellSpec& one : row->cells()) {
    if (std::find(columns.begin(), columns.end(), one.column()) !=
        columns.end()) {
      experiments.push_back(one.experiment());
    }
  }
  if (experiments.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--cell: nothing computes the cell '", cell, "'; it stays empty"));
  }
  return experiments;
}

}  // namespace cxr
