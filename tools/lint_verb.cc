// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/lint_verb.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/file.h"
#include "cxr/spec/library.h"
#include "tools/places.h"

namespace cxr {
namespace {

namespace fs = std::filesystem;

// The file behind all links: Bazel hands the program its specs as links.
std::string Canonical(const std::string& path) {
  std::error_code ignored;
  return fs::weakly_canonical(fs::path(path), ignored).string();
}

absl::StatusOr<std::vector<SpecIssue>> LintAll(absl::string_view program) {
  const absl::StatusOr<std::string> root = FindRoot(program);
  if (!root.ok()) {
    return root.status();
  }
  const absl::StatusOr<SpecLibrary> library =
      SpecLibrary::Load(JoinPath(*root, "experiments"));
  if (!library.ok()) {
    return library.status();
  }
  return library->Lint();
}

bool Named(const std::vector<std::string>& files, const std::string& file) {
  return files.empty() ||
         std::find(files.begin(), files.end(), Canonical(file)) != files.end();
}

}  // namespace

ExitCode LintVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    const std::string path = UserPath(word);
    if (!Exists(path)) {
      return Fail(ExitCode::kUndecided,
                  absl::NotFoundError(absl::StrCat(path, ": no such file")));
    }
    files.push_back(Canonical(path));
  }
  const absl::StatusOr<std::vector<SpecIssue>> issues = LintAll(program);
  if (!issues.ok()) {
    return Fail(CodeOfInput(issues.status()), issues.status());
  }
  int count = 0;
  for (const SpecIssue& issue : *issues) {
    if (Named(files, issue.file)) {
      absl::PrintF("%s\n", ToString(issue));
      ++count;
    }
  }
  absl::FPrintF(stderr, "cxr: %d problems\n", count);
  return count == 0 ? ExitCode::kDone : ExitCode::kUsage;
}

}  // namespace cxr
