// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_FACT_CELL_H_
#define REPORTS_FACT_CELL_H_

#include <map>
#include <string>

#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/experiment_result.h"

// Cells that are no metrics: what follows from declarations alone, and what
// data stages found.

namespace cxr::reports {

// A quantity of experiments that are declared as `declared` has them, all at
// the paper's rung (cxr/cost). A number is in the column's decimals and
// suffix; the footnote names the convention. Failed, with the reason, if an
// experiment has no backbone, or for a compute without pretraining if the cell
// does not say how many images were seen.
spec::TableCell CountedCellOf(
    const spec::ColumnSpec& column, const spec::CellSpec& cell,
    const std::map<std::string, spec::ExperimentSpec>& declared);

// What the data stages of experiments noted, and how many images were scored;
// missing, with the reason, if there is none.
spec::TableCell FoundCellOf(const spec::CellSpec& cell,
                            const ResultMap& results);

}  // namespace cxr::reports

#endif  // REPORTS_FACT_CELL_H_
