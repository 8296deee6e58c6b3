// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/upgrade_verb.h"

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/spec_file.h"
#include "cxr/spec/upgrade.h"
#include "tools/command_line.h"
#include "tools/places.h"

namespace cxr {
namespace {

// What is below experiments/ in a path.
constexpr absl::string_view kFolder = "experiments/";

struct Rewrite {
  std::string path = {};
  std::string text = {};
};

// Every spec of the working copy.
absl::StatusOr<std::vector<std::string>> AllSpecs() {
  const std::string folder = JoinPath(WorkingCopy(), "experiments");
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    if (absl::EndsWith(file, ".textproto")) {
      paths.push_back(JoinPath(folder, file));
    }
  }
  return paths;
}

SpecKind KindOfPath(const std::string& path) {
  const size_t at = path.rfind(std::string(kFolder));
  return KindOf(at == std::string::npos
                    ? absl::string_view(path)
                    : absl::string_view(path).substr(at + kFolder.size()));
}

absl::StatusOr<std::vector<Rewrite>> Rewrites(
    const std::vector<std::string>& paths) {
  std::vector<Rewrite> rewrites;
  std::vector<std::string> problems;
  for (const std::string& path : paths) {
    CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    absl::StatusOr<std::string> upgraded = Upgrade(text, KindOfPath(path));
    if (!upgraded.ok()) {
      problems.push_back(absl::StrCat(path, ":", upgraded.status().message()));
    } else if (*upgraded != text) {
      rewrites.push_back({path, *std::move(upgraded)});
    }
  }
  if (!problems.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(absl::StrJoin(problems, "\n"), "\nnothing was written"));
  }
  return rewrites;
}

}  // namespace

ExitCode UpgradeVerb(const std::vector<std::string>& words) {
  std::vector<std::string> paths;
  for (const std::string& word : words) {
    paths.push_back(UserPath(word));
  }
  if (paths.empty()) {
    absl::StatusOr<std::vector<std::string>> all = AllSpecs();
    if (!all.ok()) {
      return Fail(all.status());
    }
    paths = *std::move(all);
  }
  const absl::StatusOr<std::vector<Rewrite>> rewrites = Rewrites(paths);
  if (!rewrites.ok()) {
    return Fail(rewrites.status());
  }
  const bool dry_run = absl::GetFlag(FLAGS_dry_run);
  for (const Rewrite& rewrite : *rewrites) {
    if (dry_run) {
      absl::PrintF("# %s\n%s", rewrite.path, rewrite.text);
      continue;
    }
    const absl::Status written =
        WriteFileAtomically(Canonical(rewrite.path), rewrite.text);
    if (!written.ok()) {
      return Fail(ExitCode::kStore, written);
    }
    absl::PrintF("%s\n", rewrite.path);
  }
  absl::FPrintF(stderr, "cxr: %d of %d files %s in version %d\n",
                rewrites->size(), paths.size(),
                dry_run ? "would be rewritten" : "rewritten", kSpecVersion);
  return ExitCode::kDone;
}

}  // namespace cxr
