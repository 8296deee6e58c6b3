// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_SOURCE_TREES_H_
#define TESTS_SOURCE_TREES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace cxr::tests {

// Writes small folders of all nine sources in the layouts of their makers, with
// the oddities that these are known for, below `data_root`. Images are real
// radiographs of the repository's, labels invented.
void WriteSourceTrees(absl::string_view data_root);

// Their names, as --dataset has them.
std::vector<std::string> SourceTreeNames();

}  // namespace cxr::tests

#endif  // TESTS_SOURCE_TREES_H_
