// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_RESULTS_TABLE_H_
#define REPORTS_RESULTS_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/table.pb.h"
#include "reports/experiment_result.h"

// What this program computed, beside what was published. A pure function of
// records: the same records give the same bytes.

namespace cxr::reports {

struct ResultsTableInput {
  const spec::TableSpec& table;
  const spec::PublishedValues& published;
  const spec::FamilySpec& family;
  const spec::RungSpec& rung;
  const spec::ProtocolSpec& protocol;
  const ResultMap& results;
};

struct ResultsTable {
  std::string markdown = {};
  // Sanity checks whose value is below the bound, in words.
  std::vector<std::string> failed_checks = {};
};

// InvalidArgument if the table's columns or rows do not fit the published ones.
absl::StatusOr<ResultsTable> RenderResultsTable(const ResultsTableInput& input);

}  // namespace cxr::reports

#endif  // REPORTS_RESULTS_TABLE_H_
