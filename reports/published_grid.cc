// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/published_grid.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace cxr::reports {

std::string WithFamily(absl::string_view text, const spec::FamilySpec& family) {
  return absl::StrReplaceAll(
      text, {{"{family}", family.display()}, {"{family_link}", family.link()}});
}

GridCell PublishedText(const spec::PublishedCell& cell,
                       const spec::FamilySpec& family) {
  const std::string text =
      cell.has_number() ? absl::StrFormat("%.*f", cell.number().decimals(),
                                          cell.number().value())
                        : WithFamily(cell.text(), family);
  return {.text = absl::StrCat(text, cell.suffix()), .bold = cell.bold()};
}

absl::StatusOr<Grid> PublishedGrid(const spec::PublishedValues& table,
                                   const spec::FamilySpec& family) {
  Grid grid;
  grid.header.assign(table.columns().begin(), table.columns().end());
  for (const spec::PublishedRow& row : table.rows()) {
    if (row.cells_size() != table.columns_size()) {
      return absl::InvalidArgumentError(
          absl::StrCat("published row '", row.key(), "' has ", row.cells_size(),
                       " cells, expected ", table.columns_size()));
    }
    std::vector<GridCell>& cells = grid.rows.emplace_back();
    for (const spec::PublishedCell& cell : row.cells()) {
      cells.push_back(PublishedText(cell, family));
    }
  }
  return grid;
}

}  // namespace cxr::reports
