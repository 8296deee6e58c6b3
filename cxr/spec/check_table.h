// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_CHECK_TABLE_H_
#define CXR_SPEC_CHECK_TABLE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/issue.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {

// What does not fit between a table and the published table whose layout it
// has: names of columns and rows, numbers of columns and cells, averages of
// what cannot be averaged. Positions are 1:1 of `file`, the table's.
std::vector<SpecIssue> CheckTable(const spec::TableSpec& table,
                                  const spec::PublishedValues& published,
                                  absl::string_view file);

}  // namespace cxr

#endif  // CXR_SPEC_CHECK_TABLE_H_
