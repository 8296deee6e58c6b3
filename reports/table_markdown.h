// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TABLE_MARKDOWN_H_
#define REPORTS_TABLE_MARKDOWN_H_

#include <string>

#include "cxr/spec/table_report.pb.h"

namespace cxr::reports {

// The grid of a table with its footnotes below: those of a line behind its
// label, those of a cell behind its text, equal ones under one letter.
std::string TableGrid(const spec::TableReport& table);

// How the second protocol of a table differs from the first, a line a field, so
// that a reader sees that nothing else does; "" for one protocol.
std::string DifferencesText(const spec::TableReport& table);

}  // namespace cxr::reports

#endif  // REPORTS_TABLE_MARKDOWN_H_
