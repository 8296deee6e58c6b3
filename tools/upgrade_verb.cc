// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/upgrade_verb.h"

#include <unistd.h>

#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

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

namespace fs = std::filesystem;

// What is below the last of these in a path says what a spec declares.
constexpr absl::string_view kFolder = "/experiments/";

struct Rewrite {
  std::string path = {};       // As it was named.
  std::string target = {};     // The file behind all links.
  std::string temporary = {};  // Its neighbour with the new text.
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

// The named files without those that were named before.
std::vector<std::string> WithoutRepeats(const std::vector<std::string>& paths) {
  std::set<std::string> seen;
  std::vector<std::string> once;
  for (const std::string& path : paths) {
    if (seen.insert(Canonical(path)).second) {
      once.push_back(path);
    }
  }
  return once;
}

absl::StatusOr<SpecKind> KindOfPath(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": is a folder, expected a file"));
  }
  // A person may stand below experiments/.
  const std::string whole =
      fs::absolute(path, ignored).lexically_normal().string();
  const size_t at = whole.rfind(std::string(kFolder));
  if (at == std::string::npos || !absl::EndsWith(whole, ".textproto")) {
    return Exists(path)
               ? absl::InvalidArgumentError(
                     absl::StrCat(path, ": not a spec below experiments/"))
               : absl::NotFoundError(absl::StrCat(path, ": no such file"));
  }
  return KindOf(absl::string_view(whole).substr(at + kFolder.size()));
}

// Nothing if the file is of this version.
absl::StatusOr<std::optional<Rewrite>> RewriteOf(const std::string& path) {
  CXR_ASSIGN_OR_RETURN(const SpecKind kind, KindOfPath(path));
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  absl::StatusOr<std::string> upgraded = Upgrade(text, kind);
  if (!upgraded.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":", upgraded.status().message()));
  }
  if (*upgraded == text) {
    return std::optional<Rewrite>();
  }
  const std::string target = Canonical(path);
  return Rewrite{.path = path,
                 .target = target,
                 .temporary = absl::StrCat(target, ".tmp.", getpid()),
                 .text = *std::move(upgraded)};
}

// All problems of all files, or all that is to be written.
absl::StatusOr<std::vector<Rewrite>> Rewrites(
    const std::vector<std::string>& paths) {
  std::vector<Rewrite> rewrites;
  std::vector<std::string> problems;
  absl::StatusCode code = absl::StatusCode::kOk;
  for (const std::string& path : paths) {
    absl::StatusOr<std::optional<Rewrite>> rewrite = RewriteOf(path);
    if (!rewrite.ok()) {
      code = problems.empty() ? rewrite.status().code() : code;
      problems.emplace_back(rewrite.status().message());
    } else if (rewrite->has_value()) {
      rewrites.push_back(**std::move(rewrite));
    }
  }
  if (!problems.empty()) {
    return absl::Status(code, absl::StrCat(absl::StrJoin(problems, "\n"),
                                           "\nnothing was written"));
  }
  return rewrites;
}

// Writes the new text beside the file, with the file's permissions.
absl::Status WriteTemporary(const Rewrite& rewrite) {
  CXR_RETURN_IF_ERROR(RemoveAll(rewrite.temporary));
  CXR_RETURN_IF_ERROR(WriteNewFile(rewrite.temporary, rewrite.text));
  std::error_code error;
  const fs::perms bits = fs::status(rewrite.target, error).permissions();
  if (!error) {
    fs::permissions(rewrite.temporary, bits, error);
  }
  return error ? ErrnoStatus(error.value(), "cannot keep the permissions of it",
                             rewrite.path)
               : absl::OkStatus();
}

void RemoveTemporaries(const std::vector<Rewrite>& rewrites) {
  for (const Rewrite& rewrite : rewrites) {
    RemoveAll(rewrite.temporary).IgnoreError();
  }
}

absl::Status WriteTemporaries(const std::vector<Rewrite>& rewrites) {
  for (const Rewrite& rewrite : rewrites) {
    const absl::Status written = WriteTemporary(rewrite);
    if (!written.ok()) {
      RemoveTemporaries(rewrites);
      return absl::Status(written.code(), absl::StrCat(written.message(),
                                                       "\nnothing was "
                                                       "written"));
    }
  }
  return absl::OkStatus();
}

// Every file has its new text ready when the first is replaced.
absl::Status WriteAll(const std::vector<Rewrite>& rewrites) {
  CXR_RETURN_IF_ERROR(WriteTemporaries(rewrites));
  size_t done = 0;
  for (const Rewrite& rewrite : rewrites) {
    const absl::Status renamed = Rename(rewrite.temporary, rewrite.target);
    // The flush behind the rename may have failed.
    done += Exists(rewrite.temporary) ? 0 : 1;
    if (!renamed.ok()) {
      RemoveTemporaries(rewrites);
      return absl::Status(
          renamed.code(),
          absl::StrCat(renamed.message(), "\n", done, " of ", rewrites.size(),
                       " files were rewritten; run again"));
    }
  }
  return absl::OkStatus();
}

ExitCode UpgradeFiles(const std::vector<std::string>& paths) {
  const absl::StatusOr<std::vector<Rewrite>> rewrites = Rewrites(paths);
  if (!rewrites.ok()) {
    return Fail(rewrites.status());
  }
  const bool dry_run = absl::GetFlag(FLAGS_dry_run);
  if (!dry_run) {
    const absl::Status written = WriteAll(*rewrites);
    if (!written.ok()) {
      return Fail(ExitCode::kStore, written);
    }
  }
  for (const Rewrite& rewrite : *rewrites) {
    if (dry_run) {
      absl::PrintF("# %s\n%s", rewrite.path, rewrite.text);
    } else {
      absl::PrintF("%s\n", rewrite.path);
    }
  }
  absl::FPrintF(stderr, "cxr: %d of %d files %s in version %d\n",
                rewrites->size(), paths.size(),
                dry_run ? "would be rewritten" : "rewritten", kSpecVersion);
  return ExitCode::kDone;
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
  return UpgradeFiles(WithoutRepeats(paths));
}

}  // namespace cxr
