// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TABLE_DETAILS_H_
#define REPORTS_TABLE_DETAILS_H_

#include <string>
#include <vector>

#include "reports/table_input.h"

// What stands under the main table.

namespace cxr::reports {

// The AUROC of every target, one column an experiment (and protocol), as
// Markdown; experiments without a result are left out.
std::string DetailsText(const ResultsTableInput& input);

struct SanityChecks {
  std::string markdown = {};
  // Those whose value is below the bound, in words.
  std::vector<std::string> failed = {};
};

SanityChecks CheckSanity(const ResultsTableInput& input);

}  // namespace cxr::reports

#endif  // REPORTS_TABLE_DETAILS_H_
