// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_RESULT_CELL_H_
#define REPORTS_RESULT_CELL_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/experiment_result.h"

// Cells of metrics.

namespace cxr::reports {

// What stands where nothing is shown.
inline constexpr absl::string_view kNothing = "-";

// The metric of a column as records name it: "auroc".
std::string MetricName(spec::TableMetric metric);

// The result of a name that a table uses; null if there is none.
const ExperimentResult* FindResult(const ResultMap& results,
                                   const std::string& name);

// A cell that computes nothing.
spec::TableCell EmptyCell(const std::string& header);

// The macro metric of one experiment, or of all seeds of one, or why there is
// none. `header` is the column's.
spec::TableCell ResultCell(const spec::ColumnSpec& column,
                           const std::string& header,
                           const std::string& experiment,
                           const ResultMap& results);

// The mean of cells, which have values in percent. Empty if all of them are;
// not shown if one has no value, or if some are of drawn images and others are
// not: such a mean says nothing of either.
spec::TableCell MeanOfCells(const spec::ColumnSpec& column,
                            const std::string& header,
                            const std::vector<spec::TableCell>& cells);

}  // namespace cxr::reports

#endif  // REPORTS_RESULT_CELL_H_
