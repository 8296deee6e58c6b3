// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/numbered_groups.h"

#include <map>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr {

Rows NumberedGroups::RowsIn(int64_t group) const {
  Rows rows;
  for (int64_t i = 0; i < std::ssize(group_of_row); ++i) {
    if (group_of_row[i] == group) rows.push_back(i);
  }
  return rows;
}

Rows NumberedGroups::RowsInOthers(int64_t group) const {
  Rows rows;
  for (int64_t i = 0; i < std::ssize(group_of_row); ++i) {
    if (group_of_row[i] != group && group_of_row[i] >= 0) rows.push_back(i);
  }
  return rows;
}

absl::StatusOr<NumberedGroups> NumberGroups(const GroupColumn& column,
                                            absl::string_view file) {
  std::map<std::string, int32_t> numbers;
  for (const std::string& cell : column.cells) {
    if (!cell.empty()) numbers.emplace(cell, 0);
  }
  if (numbers.empty() || numbers.size() > kMostGroups) {
    return absl::InvalidArgumentError(absl::StrCat(
        file, ": ", column.name, ": found ", numbers.size(),
        " different values, expected 1 to ", kMostGroups, " groups"));
  }
  NumberedGroups groups{.column = column.name};
  for (auto& [name, number] : numbers) {
    number = static_cast<int32_t>(groups.names.size());
    groups.names.push_back(name);
  }
  for (const std::string& cell : column.cells) {
    groups.group_of_row.push_back(cell.empty() ? -1 : numbers.at(cell));
    groups.unknown += cell.empty() ? 1 : 0;
  }
  return groups;
}

void AddGroupKindNote(metrics::IntervalKind asked, spec::ScoreReport* report) {
  if (asked == metrics::IntervalKind::kPercentile) return;
  report->add_notes(
      "groups: their intervals are percentile intervals, whatever "
      "--interval says");
}

void AddUnknownGroupNote(const NumberedGroups& groups,
                         spec::ScoreReport* report) {
  if (groups.unknown == 0) return;
  report->add_notes(absl::StrCat(
      "groups: ", groups.column, ": empty in ", groups.unknown, " of ",
      groups.group_of_row.size(), " rows, left out of all groups"));
}

}  // namespace cxr
