// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/source_tree.h"

#include <fnmatch.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kTextEndings[] = {
    ".h",  ".cc", ".cu",  ".cuh",       ".c",    ".proto",
    ".py", ".sh", ".bzl", ".textproto", ".BUILD"};

bool IsSourceText(absl::string_view path) {
  if (IsBuildFile(path) || NameOf(path) == "WORKSPACE") return true;
  return std::any_of(
      std::begin(kTextEndings), std::end(kTextEndings),
      [&](absl::string_view end) { return absl::EndsWith(path, end); });
}

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool IsSkipped(absl::string_view path) {
  if (absl::StartsWith(NameOf(path), ".")) return true;
  return path == "results" ||
         (absl::StartsWith(path, "bazel-") && !absl::StrContains(path, "/"));
}

// Walks one folder at a time, so that a .gitignore is known before the files
// it speaks of and an ignored folder is never entered.
class TreeReader {
 public:
  explicit TreeReader(fs::path root) : root_(std::move(root)) {}

  std::vector<SourceFile> Read() {
    ReadFolder("");
    std::sort(files_.begin(), files_.end(),
              [](const SourceFile& a, const SourceFile& b) {
                return a.path < b.path;
              });
    return std::move(files_);
  }

 private:
  void ReadFolder(const std::string& folder) {
    std::error_code error;
    const fs::path gitignore = root_ / folder / ".gitignore";
    if (fs::exists(gitignore, error)) {
      ignored_.Add(folder, ReadText(gitignore));
    }
    for (const fs::directory_entry& entry :
         fs::directory_iterator(root_ / folder, error)) {
      const std::string name = entry.path().filename().string();
      ReadEntry(entry, folder.empty() ? name : absl::StrCat(folder, "/", name));
    }
  }

  void ReadEntry(const fs::directory_entry& entry, const std::string& path) {
    std::error_code error;
    const bool is_folder = entry.is_directory(error);
    if (entry.is_symlink(error) || IsSkipped(path)) return;
    if (ignored_.Ignores(path, is_folder)) return;
    if (is_folder) {
      ReadFolder(path);
    } else if (entry.is_regular_file(error)) {
      files_.push_back(
          {path, IsSourceText(path) ? ReadText(entry.path()) : ""});
    }
  }

  fs::path root_;
  IgnoreRules ignored_;
  std::vector<SourceFile> files_;
};

}  // namespace

std::string ProblemAt(absl::string_view path, int line,
                      absl::string_view text) {
  return absl::StrCat(path, ":", line, ": ", text);
}

void AddProblems(Problems more, Problems* problems) {
  for (std::string& problem : more) problems->push_back(std::move(problem));
}

std::vector<absl::string_view> SplitLines(absl::string_view text) {
  std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

std::string FolderOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? ""
                                          : std::string(path.substr(0, slash));
}

std::string NameOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == absl::string_view::npos ? path
                                                      : path.substr(slash + 1));
}

std::string StemOf(absl::string_view path) {
  const size_t dot = path.rfind('.');
  const size_t slash = path.rfind('/');
  const bool has_dot = dot != absl::string_view::npos &&
                       (slash == absl::string_view::npos || dot > slash);
  return std::string(has_dot ? path.substr(0, dot) : path);
}

bool IsHeader(absl::string_view path) {
  return absl::EndsWith(path, ".h") || absl::EndsWith(path, ".cuh");
}

bool IsCpp(absl::string_view path) {
  return IsHeader(path) || absl::EndsWith(path, ".cc") ||
         absl::EndsWith(path, ".cu");
}

bool IsBuildFile(absl::string_view path) {
  return NameOf(path) == "BUILD" || absl::EndsWith(path, ".BUILD");
}

bool IsTestSource(absl::string_view path) {
  return absl::EndsWith(path, "_test.cc");
}

void IgnoreRules::Add(absl::string_view folder, absl::string_view gitignore) {
  for (absl::string_view line : SplitLines(gitignore)) {
    line = absl::StripTrailingAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    Pattern pattern;
    pattern.folder = std::string(folder);
    pattern.negated = absl::ConsumePrefix(&line, "!");
    pattern.folders_only = absl::ConsumeSuffix(&line, "/");
    // `**/x` is `x` at any depth, which is what an unanchored `x` says.
    const bool any_depth = absl::ConsumePrefix(&line, "**/");
    pattern.anchored = !any_depth && absl::StrContains(line, "/");
    absl::ConsumePrefix(&line, "/");
    pattern.glob = std::string(line);
    patterns_.push_back(pattern);
  }
}

bool IgnoreRules::Ignores(absl::string_view path, bool is_folder) const {
  bool ignored = false;
  for (const Pattern& pattern : patterns_) {
    if (pattern.folders_only && !is_folder) continue;
    if (Matches(pattern, path)) ignored = !pattern.negated;
  }
  return ignored;
}

bool IgnoreRules::Matches(const Pattern& pattern, absl::string_view path) {
  if (!pattern.folder.empty() &&
      !absl::ConsumePrefix(&path, absl::StrCat(pattern.folder, "/"))) {
    return false;
  }
  const std::string subject =
      pattern.anchored ? std::string(path) : NameOf(path);
  // Without FNM_PATHNAME a star crosses slashes, which is what `**` means.
  const int flags = absl::StrContains(pattern.glob, "**") ? 0 : FNM_PATHNAME;
  return fnmatch(pattern.glob.c_str(), subject.c_str(), flags) == 0;
}

std::optional<fs::path> FindWorkspaceRoot() {
  std::vector<fs::path> candidates;
  const char* runfiles = std::getenv("TEST_SRCDIR");
  const char* workspace = std::getenv("TEST_WORKSPACE");
  if (runfiles != nullptr && workspace != nullptr) {
    candidates.push_back(fs::path(runfiles) / workspace / "WORKSPACE");
  }
  candidates.push_back("WORKSPACE");
  for (const fs::path& candidate : candidates) {
    std::error_code error;
    const fs::path real = fs::canonical(candidate, error);
    if (!error) return real.parent_path();
  }
  return std::nullopt;
}

std::vector<SourceFile> ReadSourceTree(const fs::path& root) {
  return TreeReader(root).Read();
}

}  // namespace cxr::tests
