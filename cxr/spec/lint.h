// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_LINT_H_
#define CXR_SPEC_LINT_H_

#include <vector>

#include "cxr/spec/catalog.h"
#include "cxr/spec/issue.h"

namespace cxr {

// Everything that is wrong with the declarations, sorted by file and place,
// each problem once: what reading the files found, names of what is not there,
// experiments and cells that do not resolve at some rung or protocol, tables
// and claims that do not fit the published tables, rules and fragments that
// nothing uses. What needs a broken file is not judged.
std::vector<SpecIssue> Lint(const SpecCatalog& catalog);

// What does not fit between the table in `file` and the rest.
std::vector<SpecIssue> LintTable(const SpecCatalog& catalog,
                                 const SpecFile& file);

}  // namespace cxr

#endif  // CXR_SPEC_LINT_H_
