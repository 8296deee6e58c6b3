// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_CHECK_TABLE_H_
#define CXR_SPEC_CHECK_TABLE_H_

#include <vector>

#include "cxr/spec/places.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {

// Whether a table either has a published layout or shows other tables.
std::vector<FieldProblem> CheckParts(const spec::TableSpec& table);

// What does not fit between a table and the published table whose layout it
// has: names of columns and rows, numbers of columns and cells, averages of
// what cannot be averaged.
std::vector<FieldProblem> CheckTable(const spec::TableSpec& table,
                                     const spec::PublishedValues& published);

}  // namespace cxr

#endif  // CXR_SPEC_CHECK_TABLE_H_
