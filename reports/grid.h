// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_GRID_H_
#define REPORTS_GRID_H_

#include <string>
#include <vector>

namespace cxr::reports {

// A cell of a printed table.
struct GridCell {
  std::string text = {};
  bool bold = false;
};

// A table as it is printed, before any format: every row has as many cells as
// the header.
struct Grid {
  std::vector<std::string> header = {};
  std::vector<std::vector<GridCell>> rows = {};
};

// As a Markdown table, columns padded to equal width. Bars in texts are
// escaped.
std::string ToMarkdown(const Grid& grid);

}  // namespace cxr::reports

#endif  // REPORTS_GRID_H_
