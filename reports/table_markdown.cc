// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_markdown.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reports/footnotes.h"
#include "reports/grid.h"

namespace cxr::reports {
namespace {

// Where a field differs is told by name for so few experiments.
constexpr int kNamedExperiments = 3;

template <typename Notes>
std::string Marked(std::string text, const Notes& notes, Footnotes& footnotes) {
  for (const std::string& note : notes) {
    absl::StrAppend(&text, " ", footnotes.Mark(note));
  }
  return text;
}

std::string PlacesText(const spec::ProtocolDifference& difference) {
  const int count = difference.experiments_size();
  return count <= kNamedExperiments
             ? absl::StrJoin(difference.experiments(), ", ")
             : absl::StrCat(count, " experiments, the first ",
                            difference.experiments(0));
}

}  // namespace

std::string TableGrid(const spec::TableReport& table) {
  Grid grid;
  grid.header = {table.columns().begin(), table.columns().end()};
  Footnotes footnotes;
  for (const spec::TableLine& line : table.lines()) {
    std::vector<GridCell>& row = grid.rows.emplace_back();
    row.push_back({.text = Marked(line.label(), line.notes(), footnotes),
                   .bold = line.bold()});
    for (const spec::TableCell& cell : line.cells()) {
      row.push_back({.text = Marked(cell.text(), cell.notes(), footnotes),
                     .bold = cell.bold()});
    }
  }
  return absl::StrCat(ToMarkdown(grid), "\n", footnotes.ToText());
}

std::string DifferencesText(const spec::TableReport& table) {
  if (table.protocols_size() < 2) {
    return "";
  }
  std::string text =
      absl::StrCat("\n## What ", table.protocols(1), " does otherwise than ",
                   table.protocols(0), "\n\n");
  if (table.differences().empty()) {
    return absl::StrCat(text, "Nothing.\n");
  }
  Grid grid{.header = {"Field", std::string(table.protocols(0)),
                       std::string(table.protocols(1)), "Where"}};
  for (const spec::ProtocolDifference& difference : table.differences()) {
    grid.rows.push_back({{.text = difference.field()},
                         {.text = difference.first()},
                         {.text = difference.second()},
                         {.text = PlacesText(difference)}});
  }
  return absl::StrCat(text, ToMarkdown(grid),
                      "\nAll other fields that decide a result are equal.\n");
}

}  // namespace cxr::reports
