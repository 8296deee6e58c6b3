// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/cell.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/references.h"

namespace cxr {
namespace {

using Cells = google::protobuf::RepeatedPtrField<spec::CellSpec>;

// By which a row is named on the command line.
std::string NameOf(const spec::RowSpec& row) {
  return row.has_published_row() ? row.published_row() : row.label();
}

// What is left of `cell` behind "NAME.", if it begins so in either case.
std::optional<absl::string_view> Behind(absl::string_view cell,
                                        absl::string_view name) {
  if (!absl::StartsWithIgnoreCase(cell, absl::StrCat(name, "."))) {
    return std::nullopt;
  }
  return cell.substr(name.size() + 1);
}

// The part of a table that the text before the column names.
struct Place {
  std::vector<const Cells*> lines = {};
  absl::string_view column = {};
};

// All lines of the row, or the one whose label comes next.
Place LinesOf(const spec::RowSpec& row, absl::string_view rest) {
  Place place = {.lines = {&row.cells()}, .column = rest};
  for (const spec::LineSpec& line : row.lines()) {
    if (const auto column = Behind(rest, line.label())) {
      return {.lines = {&line.cells()}, .column = *column};
    }
    place.lines.push_back(&line.cells());
  }
  return place;
}

// Names may hold dots ("Avg."): the row is the one that begins the text.
absl::StatusOr<Place> FindPlace(const spec::TableSpec& table,
                                absl::string_view cell) {
  std::vector<std::string> names;
  for (const spec::RowSpec& row : table.rows()) {
    for (const std::string& name : {NameOf(row), row.label()}) {
      if (const auto rest = Behind(cell, name)) {
        return LinesOf(row, *rest);
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
  CXR_ASSIGN_OR_RETURN(const Place place, FindPlace(table, cell));
  const std::vector<std::string> columns =
      ColumnsBehind(table, published, place.column);
  if (columns.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--cell: ", NotThere("column", place.column,
                                          {published.columns().begin() + 1,
                                           published.columns().end()})));
  }
  std::vector<std::string> experiments;
  for (const Cells* line : place.lines) {
    for (const spec::CellSpec& one : *line) {
      if (std::find(columns.begin(), columns.end(), one.column()) ==
          columns.end()) {
        continue;
      }
      for (std::string& name : ResultsIn(one)) {
        experiments.push_back(std::move(name));
      }
    }
  }
  if (experiments.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--cell: nothing computes the cell '", cell, "'; it stays empty"));
  }
  return experiments;
}

}  // namespace cxr
