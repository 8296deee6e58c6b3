// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_LAYERING_RULES_H_
#define TESTS_LAYERING_RULES_H_

#include <vector>

#include "tests/source_tree.h"

// Who may include and depend on whom. The table of packages is in the source.
namespace cxr::tests {

// The includes of a C++ file, or the imports of a proto file, against the
// table: packages of ours and other projects' libraries alike.
Problems CheckIncludes(const SourceFile& file);

// The deps of a BUILD file against the table.
Problems CheckDepsLayering(const SourceFile& file);

// The seam between absl::string_view and re2 is one file of cxr/base and one
// of metrics/: nobody else spells StringPiece.
Problems CheckRegexSeam(const SourceFile& file);

// experiments/ holds textprotos and BUILD files only.
Problems CheckExperiments(const SourceFile& file);

// The files of a torch-free package reach no torch header through headers of
// ours, however far.
Problems CheckTorchReach(const std::vector<SourceFile>& tree);

// No folder depends on itself through others, by includes or by deps.
Problems CheckFolderCycles(const std::vector<SourceFile>& tree);

// cxr/cuda includes one header of cxr/ops, metrics/ has one file set with re2.
Problems CheckSingleSeams(const std::vector<SourceFile>& tree);

// All of the above, over the whole tree.
Problems CheckLayering(const std::vector<SourceFile>& tree);

}  // namespace cxr::tests

#endif  // TESTS_LAYERING_RULES_H_
