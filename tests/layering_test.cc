// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Reads the whole tree and expects no forbidden include or dep in it.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/layering_rules.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

// Fewer files than this mean that the walk missed the tree.
constexpr size_t kFewestFiles = 15;

TEST(LayeringTest, TreeKeepsItsArrows) {
  const std::optional<std::filesystem::path> root = FindWorkspaceRoot();
  ASSERT_TRUE(root.has_value()) << "no WORKSPACE among the data of this test";
  const std::vector<SourceFile> tree = ReadSourceTree(*root);
  ASSERT_GE(tree.size(), kFewestFiles) << "read from " << *root;
  const Problems problems = CheckLayering(tree);
  EXPECT_TRUE(problems.empty()) << problems.size() << " problems:\n"
                                << absl::StrJoin(problems, "\n");
}

}  // namespace
}  // namespace cxr::tests
