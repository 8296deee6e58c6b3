// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/grid.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace cxr::reports {
namespace {

std::string CellText(const GridCell& cell) {
  const std::string text = absl::StrReplaceAll(cell.text, {{"|", "\\|"}});
  return cell.bold ? absl::StrCat("**", text, "**") : text;
}

// Characters, not bytes: UTF-8 continuation bytes take no room.
size_t Width(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Line(const std::vector<std::string>& cells,
                 const std::vector<size_t>& widths) {
  std::string line = "|";
  for (size_t i = 0; i < cells.size(); ++i) {
    absl::StrAppend(&line, " ", cells[i],
                    std::string(widths[i] - Width(cells[i]), ' '), " |");
  }
  return line + "\n";
}

}  // namespace

std::string ToMarkdown(const Grid& grid) {
  std::vector<std::vector<std::string>> lines = {{}};
  for (const std::string& text : grid.header) {
    lines[0].push_back(CellText({.text = text}));
  }
  for (const std::vector<GridCell>& row : grid.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const GridCell& cell : row) {
      line.push_back(CellText(cell));
    }
  }
  std::vector<size_t> widths(grid.header.size(), 3);
  for (const std::vector<std::string>& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], Width(line[i]));
    }
  }
  std::vector<std::string> rule;
  for (const size_t width : widths) {
    rule.emplace_back(width, '-');
  }
  lines.insert(lines.begin() + 1, rule);
  std::string text;
  for (const std::vector<std::string>& line : lines) {
    text += Line(line, widths);
  }
  return text;
}

}  // namespace cxr::reports
