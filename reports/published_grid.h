// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_PUBLISHED_GRID_H_
#define REPORTS_PUBLISHED_GRID_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/published.pb.h"
#include "reports/grid.h"

// The paper's own tables, cell for cell.

namespace cxr::reports {

// `text` with {family} and {family_link} replaced.
std::string WithFamily(absl::string_view text, const spec::FamilySpec& family);

// A published cell as printed: its text, or its number with its decimals, and
// the suffix.
GridCell PublishedText(const spec::PublishedCell& cell,
                       const spec::FamilySpec& family);

// InvalidArgument naming the row if it has not one cell a column.
absl::StatusOr<Grid> PublishedGrid(const spec::PublishedValues& table,
                                   const spec::FamilySpec& family);

}  // namespace cxr::reports

#endif  // REPORTS_PUBLISHED_GRID_H_
