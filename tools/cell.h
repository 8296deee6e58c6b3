// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_CELL_H_
#define TOOLS_CELL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {

// The results behind the cell `cell` of a table, "ROW.COLUMN" for all lines of
// a row or "ROW.LINE.COLUMN" for one: the row by the key of its published row
// or by its label, the line by its label, the column by its header, all in
// either case of letters. Of a column that averages others it is all of theirs.
// InvalidArgument, with the names there are, if there is no such cell or
// nothing computes it.
absl::StatusOr<std::vector<std::string>> ExperimentsOfCell(
    const spec::TableSpec& table, const spec::PublishedValues& published,
    absl::string_view cell);

}  // namespace cxr

#endif  // TOOLS_CELL_H_
