// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_IMPORTED_ROWS_H_
#define REPORTS_IMPORTED_ROWS_H_

#include <vector>

#include "cxr/spec/imported_cell.pb.h"
#include "cxr/spec/table.pb.h"
#include "reports/experiment_result.h"

namespace cxr::reports {

// Adds the cells that were imported under one protocol to a table, in rows like
// any other below those it has: "NAME, imported", each cell an experiment of
// its own among the protocol's results. Once more for another protocol, whose
// cells of the same place are of the same name.
void AddImportedRows(const std::vector<spec::ImportedCell>& cells,
                     spec::TableSpec* table, ResultMap* results);

}  // namespace cxr::reports

#endif  // REPORTS_IMPORTED_ROWS_H_
