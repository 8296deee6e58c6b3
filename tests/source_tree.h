// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_SOURCE_TREE_H_
#define TESTS_SOURCE_TREE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// The project's own files as text, for the tests that read the whole tree.
// A checker is a function from such files to a list of problems; an empty list
// is a pass:
//
//   for (const SourceFile& file : ReadSourceTree(*FindWorkspaceRoot())) ...
namespace cxr::tests {

// One file. `path` is relative to the workspace root, with slashes. `text` is
// empty for files that are not source text (images, archives, documents).
struct SourceFile {
  std::string path;
  std::string text;
};

// What a checker found, one `path:line: text` each. Lines count from 1.
using Problems = std::vector<std::string>;

std::string ProblemAt(absl::string_view path, int line, absl::string_view text);

// Appends `more` to `*problems`.
void AddProblems(Problems more, Problems* problems);

// The lines of `text` without their ends. A final newline opens no line.
std::vector<absl::string_view> SplitLines(absl::string_view text);

// "cxr/base/file.cc": folder "cxr/base", name "file.cc", stem "cxr/base/file".
// The folder of a file in the root is empty.
std::string FolderOf(absl::string_view path);
std::string NameOf(absl::string_view path);
std::string StemOf(absl::string_view path);

bool IsHeader(absl::string_view path);      // .h, .cuh
bool IsCpp(absl::string_view path);         // .h, .cc, .cu, .cuh
bool IsBuildFile(absl::string_view path);   // BUILD, x.BUILD
bool IsTestSource(absl::string_view path);  // x_test.cc

// The patterns of .gitignore files: comments, `!`, anchors, `*`, `?`, `[]`,
// `**`. The last pattern that matches decides, as in git.
class IgnoreRules {
 public:
  // `folder` is where the .gitignore lies, empty for the root.
  void Add(absl::string_view folder, absl::string_view gitignore);

  bool Ignores(absl::string_view path, bool is_folder) const;

 private:
  struct Pattern {
    std::string folder;
    std::string glob;
    bool negated = false;
    bool folders_only = false;
    bool anchored = false;
  };

  static bool Matches(const Pattern& pattern, absl::string_view path);

  std::vector<Pattern> patterns_;
};

// The real workspace folder, also from inside a Bazel runfiles tree, where the
// data file WORKSPACE is a link into it. Nothing if no WORKSPACE is found.
std::optional<std::filesystem::path> FindWorkspaceRoot();

// Every file below `root`, sorted by path, except hidden ones, links, what git
// ignores, and the `bazel-*` and `results` folders of the root.
std::vector<SourceFile> ReadSourceTree(const std::filesystem::path& root);

}  // namespace cxr::tests

#endif  // TESTS_SOURCE_TREE_H_
