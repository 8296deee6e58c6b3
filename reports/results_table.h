// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_RESULTS_TABLE_H_
#define REPORTS_RESULTS_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/table_input.h"

// What this program computed, beside what was published. A pure function of
// records: the same records give the same bytes.

namespace cxr::reports {

struct ResultsTable {
  std::string markdown = {};
  spec::TableReport report = {};
  // Sanity checks whose value is below the bound, in words.
  std::vector<std::string> failed_checks = {};
};

// InvalidArgument if the table's columns or rows do not fit the published ones.
absl::StatusOr<ResultsTable> RenderResultsTable(const ResultsTableInput& input);

}  // namespace cxr::reports

#endif  // REPORTS_RESULTS_TABLE_H_
