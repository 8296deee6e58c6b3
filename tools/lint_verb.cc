// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/lint_verb.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/library.h"
#include "tools/places.h"

namespace cxr {
namespace {

// More would only bury the first.
constexpr size_t kMostShown = 100;

absl::StatusOr<std::vector<SpecIssue>> Lint(
    absl::string_view program, const std::vector<std::string>& words) {
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  CXR_ASSIGN_OR_RETURN(const SpecLibrary library,
                       SpecLibrary::Load(JoinPath(root, "experiments")));
  std::vector<std::string> files;
  for (const std::string& word : words) {
    const std::string path = UserPath(word);
    if (!Exists(path)) {
      return absl::NotFoundError(absl::StrCat(path, ": no such file"));
    }
    if (!library.HasFile(path)) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": not one of the specs below experiments/"));
    }
    files.push_back(Canonical(path));
  }
  std::vector<SpecIssue> issues = library.Lint();
  std::erase_if(issues, [&](const SpecIssue& issue) {
    return !files.empty() && std::find(files.begin(), files.end(),
                                       Canonical(issue.file)) == files.end();
  });
  return issues;
}

}  // namespace

ExitCode LintVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  const absl::StatusOr<std::vector<SpecIssue>> issues = Lint(program, words);
  if (!issues.ok()) {
    return Fail(issues.status());
  }
  for (size_t i = 0; i < std::min(issues->size(), kMostShown); ++i) {
    absl::PrintF("%s\n", ToString((*issues)[i]));
  }
  absl::FPrintF(stderr, "cxr: %d %s\n", issues->size(),
                issues->size() == 1 ? "problem" : "problems");
  return issues->empty() ? ExitCode::kDone : ExitCode::kUsage;
}

}  // namespace cxr
