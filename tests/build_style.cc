// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/build_style.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/build_file.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

constexpr absl::string_view kAttributeOrder[] = {
    "name", "testonly", "srcs", "hdrs", "copts", "data", "visibility", "deps"};
constexpr size_t kMaxHeadersOfLibrary = 1;
constexpr size_t kLicenceLines = 2;

struct WideLibrary {
  absl::string_view label;
  absl::string_view reason;
};

// Libraries that have more headers than one. Empty labels match nothing.
constexpr WideLibrary kWideLibraries[] = {{"", "none yet"}};

bool IsWide(absl::string_view label) {
  return std::any_of(std::begin(kWideLibraries), std::end(kWideLibraries),
                     [&](const WideLibrary& w) { return w.label == label; });
}

// Position in the fixed order; its length if the attribute is not in it.
size_t RankOf(absl::string_view attribute) {
  return std::find(std::begin(kAttributeOrder), std::end(kAttributeOrder),
                   attribute) -
         std::begin(kAttributeOrder);
}

Problems CheckRoleComment(const SourceFile& file) {
  const std::vector<absl::string_view> lines = SplitLines(file.text);
  size_t at = kLicenceLines;
  // The role may follow the licence at once, after `#`, or after a blank line.
  while (at < lines.size() && (lines[at].empty() || lines[at] == "#")) ++at;
  if (at < lines.size() && absl::StartsWith(lines[at], "# ")) return {};
  return {ProblemAt(file.path, static_cast<int>(at) + 1,
                    "no comment with the folder's role under the licence")};
}

Problems CheckAttributeOrder(const SourceFile& file, const BuildRule& rule) {
  Problems problems;
  const BuildAttribute* last = nullptr;
  for (const BuildAttribute& attribute : rule.attributes) {
    if (RankOf(attribute.name) == std::size(kAttributeOrder)) continue;
    if (last != nullptr && RankOf(attribute.name) < RankOf(last->name)) {
      problems.push_back(ProblemAt(
          file.path, attribute.line,
          absl::StrCat(attribute.name, " stands after ", last->name)));
    }
    last = &attribute;
  }
  return problems;
}

// 0 for `:x`, 1 for `//x`, 2 for `@x`.
int GroupOf(absl::string_view dep) {
  if (absl::StartsWith(dep, ":")) return 0;
  return absl::StartsWith(dep, "@") ? 2 : 1;
}

// In order either letter by letter or as buildifier has it, which puts the
// targets of a folder before the folders below it.
bool InOrder(const std::string& a, const std::string& b) {
  const auto key = [](std::string dep) {
    std::replace(dep.begin(), dep.end(), ':', ' ');
    return dep;
  };
  if (GroupOf(a) != GroupOf(b)) return GroupOf(a) < GroupOf(b);
  return a < b || key(a) < key(b);
}

Problems CheckDeps(const SourceFile& file, const BuildRule& rule) {
  const BuildAttribute* deps = FindAttribute(rule, "deps");
  if (deps == nullptr) return {};
  Problems problems;
  for (size_t i = 1; i < deps->strings.size(); ++i) {
    if (InOrder(deps->strings[i - 1], deps->strings[i])) continue;
    problems.push_back(
        ProblemAt(file.path, deps->line,
                  absl::StrCat("deps: ", deps->strings[i], " stands after ",
                               deps->strings[i - 1])));
  }
  return problems;
}

Problems CheckLibrary(const SourceFile& file, const BuildRule& rule) {
  Problems problems;
  for (absl::string_view name : {"srcs", "hdrs"}) {
    const BuildAttribute* files = FindAttribute(rule, name);
    if (files == nullptr || !files->has_glob) continue;
    problems.push_back(
        ProblemAt(file.path, files->line, absl::StrCat("glob in ", name)));
  }
  const std::vector<std::string> names = StringsOf(rule, "name");
  const std::string name = names.empty() ? "" : names.front();
  const size_t headers = StringsOf(rule, "hdrs").size();
  const std::string label = absl::StrCat("//", FolderOf(file.path), ":", name);
  if (headers > kMaxHeadersOfLibrary && !IsWide(label)) {
    problems.push_back(
        ProblemAt(file.path, rule.line,
                  absl::StrCat(name, " has ", headers, " headers, at most ",
                               kMaxHeadersOfLibrary)));
  }
  return problems;
}

}  // namespace

Problems CheckBuildStyle(const SourceFile& file) {
  if (!IsBuildFile(file.path)) return {};
  Problems problems = CheckRoleComment(file);
  if (absl::StartsWith(file.path, "tools/third_party/")) return problems;
  for (const BuildRule& rule : ParseBuildFile(file.text)) {
    AddProblems(CheckAttributeOrder(file, rule), &problems);
    AddProblems(CheckDeps(file, rule), &problems);
    if (absl::StartsWith(rule.kind, "cc_")) {
      AddProblems(CheckLibrary(file, rule), &problems);
    }
  }
  return problems;
}

}  // namespace cxr::tests
