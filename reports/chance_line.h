// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_CHANCE_LINE_H_
#define REPORTS_CHANCE_LINE_H_

#include <string>
#include <vector>

#include "cxr/spec/table.pb.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/experiment_result.h"

// The trivial control of ranking metrics.

namespace cxr::reports {

// What the same answer for every image gets in a column whose cells are those
// of `experiments`: an AUROC of 50 and, by precision at the one recall there
// is, an AUPRC of the part of positives, as mean over targets. Both follow from
// the records' numbers of images (patients, where those are scored) and
// positives. Empty if no experiment has a record, or for another metric; not
// shown if experiments were scored on images of different prevalence.
spec::TableCell ChanceCell(const spec::ColumnSpec& column,
                           const std::string& header,
                           const std::vector<std::string>& experiments,
                           const ResultMap& results);

}  // namespace cxr::reports

#endif  // REPORTS_CHANCE_LINE_H_
