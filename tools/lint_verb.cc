// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/lint_verb.h"

#include <algorithm>
#include <set>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/lint.h"
#include "tools/places.h"

namespace cxr {
namespace {

// More would only bury the first.
constexpr size_t kMostShown = 100;

// Adds the fragments that the files need: what is wrong there is wrong with
// them.
void AddFragments(const SpecCatalog& catalog, std::vector<std::string>& files) {
  std::set<std::string> fragments;
  for (const auto& file : catalog.files()) {
    if (std::find(files.begin(), files.end(), Canonical(file->path)) !=
        files.end()) {
      catalog.AddFragmentsOf(*file->message, fragments);
    }
  }
  for (const std::string& name : fragments) {
    const SpecFile* fragment = catalog.Find(SpecKind::kFragment, name);
    if (fragment != nullptr) {
      files.push_back(Canonical(fragment->path));
    }
  }
}

// The files that `words` name and what they need, as the file system knows
// them.
absl::StatusOr<std::vector<std::string>> NamedFiles(
    const SpecCatalog& catalog, const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    const std::string path = UserPath(word);
    if (!Exists(path)) {
      return absl::NotFoundError(absl::StrCat(path, ": no such file"));
    }
    if (!catalog.HasFile(path)) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": not one of the specs below experiments/"));
    }
    files.push_back(Canonical(path));
  }
  AddFragments(catalog, files);
  return files;
}

absl::StatusOr<std::vector<SpecIssue>> LintFiles(
    absl::string_view program, const std::vector<std::string>& words) {
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  CXR_ASSIGN_OR_RETURN(const SpecCatalog catalog,
                       SpecCatalog::Load(JoinPath(root, "experiments")));
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                       NamedFiles(catalog, words));
  std::vector<SpecIssue> issues = Lint(catalog);
  std::erase_if(issues, [&](const SpecIssue& issue) {
    return !files.empty() && std::find(files.begin(), files.end(),
                                       Canonical(issue.file)) == files.end();
  });
  return issues;
}

std::string Count(size_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

}  // namespace

ExitCode LintVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  const absl::StatusOr<std::vector<SpecIssue>> issues =
      LintFiles(program, words);
  if (!issues.ok()) {
    return Fail(issues.status());
  }
  for (size_t i = 0; i < std::min(issues->size(), kMostShown); ++i) {
    absl::PrintF("%s\n", ToString((*issues)[i]));
  }
  if (issues->size() > kMostShown) {
    absl::PrintF("... and %d more\n", issues->size() - kMostShown);
  }
  const size_t warnings = static_cast<size_t>(
      std::count_if(issues->begin(), issues->end(),
                    [](const SpecIssue& issue) { return issue.warning; }));
  const size_t errors = issues->size() - warnings;
  absl::FPrintF(
      stderr, "cxr: %s%s\n", Count(errors, "error"),
      warnings == 0 ? "" : absl::StrCat(", ", Count(warnings, "warning")));
  return errors == 0 ? ExitCode::kDone : ExitCode::kUsage;
}

}  // namespace cxr
