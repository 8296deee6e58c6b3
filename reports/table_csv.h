// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TABLE_CSV_H_
#define REPORTS_TABLE_CSV_H_

#include <string>

#include "cxr/spec/table_report.pb.h"

namespace cxr::reports {

// Tables as one CSV with a header: a row a cell, headings and empty cells left
// out. Values and their ends in the column's unit (percent for metrics) with
// all digits; cells of what is not known are empty.
std::string TableCsv(const spec::TableReports& reports);

}  // namespace cxr::reports

#endif  // REPORTS_TABLE_CSV_H_
