// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_STYLE_RULES_H_
#define TESTS_STYLE_RULES_H_

#include <vector>

#include "tests/source_tree.h"

// The budgets and habits of C++ files, one function a rule. A rule that does
// not concern a file finds nothing in it. A budget is broken by changing its
// number in the source with a reason, never by a list of exempt files.
namespace cxr::tests {

Problems CheckLineBudget(const SourceFile& file);
Problems CheckFunctionBudget(const SourceFile& file);

// Columns are code points of UTF-8. Long URLs are not excepted.
Problems CheckColumns(const SourceFile& file);

// The two licence lines on top, after a shebang if there is one.
Problems CheckLicence(const SourceFile& file);

// Include guards equal the path: `cxr/base/csv.h` has CXR_BASE_CSV_H_.
Problems CheckGuard(const SourceFile& file);

// No `using namespace`, `catch` outside its seams, `new`, `throw`, std::regex,
// <iostream> in libraries, or bare CHECK and LOG macros.
Problems CheckForbiddenWords(const SourceFile& file);

// No `(int)x`, `(float)(x + 1)`, `(void)x`, `(char*)p`.
Problems CheckCasts(const SourceFile& file);

// No marks of unfinished work or silenced linters in comments; also for
// files whose comments begin with #.
Problems CheckComments(const SourceFile& file);

// No underscores in the names of suites and cases.
Problems CheckTestNames(const SourceFile& file);

// A source that has a header includes it first, and has a test beside it.
Problems CheckFileSets(const std::vector<SourceFile>& tree);

// All of the above and CheckBuildStyle, over the whole tree.
Problems CheckStyle(const std::vector<SourceFile>& tree);

}  // namespace cxr::tests

#endif  // TESTS_STYLE_RULES_H_
