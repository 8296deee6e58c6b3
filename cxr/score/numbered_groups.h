// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_NUMBERED_GROUPS_H_
#define CXR_SCORE_NUMBERED_GROUPS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/take_rows.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/interval_bounds.h"
#include "metrics/interval/subgroup.h"

namespace cxr {

// A column that tells more groups than this apart is no grouping.
inline constexpr int kMostGroups = 64;

// A column of text by whose values rows are told apart, as numbers.
struct NumberedGroups {
  std::string column = {};
  std::vector<std::string> names = {};     // rising
  std::vector<int32_t> group_of_row = {};  // into names; -1 for ""
  int64_t unknown = 0;                     // rows of no known group

  // Valid as long as this.
  metrics::Grouping grouping() const {
    return {.groups = std::ssize(names), .group_of_example = group_of_row};
  }
  Rows RowsIn(int64_t group) const;
  Rows RowsInOthers(int64_t group) const;  // those of no known group neither
};

// InvalidArgument naming `file` and the column, unless it tells 1 to
// kMostGroups groups apart.
absl::StatusOr<NumberedGroups> NumberGroups(const GroupColumn& column,
                                            absl::string_view file);

// Intervals of groups are percentile intervals; these say so where another
// kind was asked for, and how many rows of a column are in no group.
void AddGroupKindNote(metrics::IntervalKind asked, spec::ScoreReport* report);
void AddUnknownGroupNote(const NumberedGroups& groups,
                         spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_NUMBERED_GROUPS_H_
