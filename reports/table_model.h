// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TABLE_MODEL_H_
#define REPORTS_TABLE_MODEL_H_

#include "absl/status/statusor.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/table_input.h"

namespace cxr::reports {

// The main table, before any format: of every row its heading, what was
// published and what was computed, line by line and protocol by protocol, and
// last what a constant answer gets. Without rows it is the published table.
// InvalidArgument if columns or rows do not fit the published ones.
absl::StatusOr<spec::TableReport> BuildTable(const ResultsTableInput& input);

}  // namespace cxr::reports

#endif  // REPORTS_TABLE_MODEL_H_
