// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/layering_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "tests/build_file.h"
#include "tests/cpp_text.h"
#include "tests/layering_table.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

// Costs 13 seconds and 1.1 GB a translation unit.
constexpr absl::string_view kWholeTorch = "torch/torch.h";

std::vector<Include> IncludesOf(const SourceFile& file) {
  if (IsCpp(file.path) || absl::EndsWith(file.path, ".c")) {
    return FindIncludes(file.text);
  }
  if (absl::EndsWith(file.path, ".proto")) return FindProtoImports(file.text);
  return {};
}

// A package of ours or a library; for ours without an entry, the path itself.
std::string NeededBy(absl::string_view include) {
  if (!IsOurs(include)) return LibraryOfInclude(include);
  const std::string package = PackageOf(include);
  return package.empty() ? std::string(include) : package;
}

std::string TargetOf(const BuildRule& rule) {
  const std::vector<std::string> names = StringsOf(rule, "name");
  return names.empty() ? "" : names.front();
}

// "//cxr/base:file" -> "cxr/base"; "@png//:png" -> "codec"; ":x" -> "".
std::string NeededByDep(absl::string_view dep) {
  if (absl::StartsWith(dep, "@")) {
    const absl::string_view repository = dep.substr(1, dep.find('/') - 1);
    return LibraryOfRepository(repository);
  }
  if (!absl::StartsWith(dep, "//")) return "";
  const absl::string_view folder = dep.substr(2, dep.find(':') - 2);
  const std::string package = PackageOf(folder);
  return package.empty() ? std::string(folder) : package;
}

std::string FolderOfDep(absl::string_view dep) {
  if (!absl::StartsWith(dep, "//")) return "";
  return std::string(dep.substr(2, dep.find(':') - 2));
}

// One library holds all of torch, so any of the three names will do.
bool MayDepend(absl::string_view stem, absl::string_view needed) {
  if (needed != "torch") return MayUse(stem, needed);
  return MayUse(stem, "torch") || MayUse(stem, "aten") || MayUse(stem, "c10d");
}

// Follows includes from a file to the first torch header, remembering what
// was already searched in vain.
class TorchSearch {
 public:
  explicit TorchSearch(const std::vector<SourceFile>& tree) {
    for (const SourceFile& file : tree) {
      if (IsCpp(file.path)) includes_[file.path] = FindIncludes(file.text);
    }
  }

  // The headers from `path` to torch, the torch header last; empty if none.
  std::vector<std::string> Find(const std::string& path) {
    searched_.clear();
    return Follow(path);
  }

 private:
  std::vector<std::string> Follow(const std::string& path) {
    if (!searched_.insert(path).second) return {};
    for (const Include& include : includes_[path]) {
      if (IsTorch(NeededBy(include.path))) return {include.path};
      if (includes_.count(include.path) == 0) continue;
      std::vector<std::string> rest = Follow(include.path);
      if (rest.empty()) continue;
      rest.insert(rest.begin(), include.path);
      return rest;
    }
    return {};
  }

  std::map<std::string, std::vector<Include>> includes_;
  std::set<std::string> searched_;
};

struct Arrow {
  std::string from;
  std::string to;
  std::string origin;  // path of the file that draws it
  int line = 0;
};

std::vector<Arrow> ArrowsOf(const SourceFile& file) {
  const std::string from = FolderOf(file.path);
  std::vector<Arrow> arrows;
  for (const Include& include : IncludesOf(file)) {
    if (!IsOurs(include.path)) continue;
    arrows.push_back({from, FolderOf(include.path), file.path, include.line});
  }
  if (!IsBuildFile(file.path)) return arrows;
  for (const BuildRule& rule : ParseBuildFile(file.text)) {
    for (const std::string& dep : StringsOf(rule, "deps")) {
      const std::string to = FolderOfDep(dep);
      if (to.empty()) continue;
      const int line = FindAttribute(rule, "deps")->line;
      arrows.push_back({from, to, file.path, line});
    }
  }
  return arrows;
}

// Depth-first over folders; an arrow back to a folder on the way is a cycle.
class CycleSearch {
 public:
  explicit CycleSearch(const std::vector<SourceFile>& tree) {
    for (const SourceFile& file : tree) {
      for (Arrow& arrow : ArrowsOf(file)) {
        if (arrow.from == arrow.to) continue;
        arrows_[arrow.from].emplace(arrow.to, std::move(arrow));
      }
    }
  }

  Problems Find() {
    std::vector<std::string> folders;
    for (const auto& entry : arrows_) folders.push_back(entry.first);
    for (const std::string& folder : folders) Visit(folder);
    return problems_;
  }

 private:
  void Visit(const std::string& folder) {
    if (!visited_.insert(folder).second) return;
    way_.push_back(folder);
    for (const auto& [to, arrow] : arrows_[folder]) {
      const auto met = std::find(way_.begin(), way_.end(), to);
      if (met != way_.end()) {
        std::vector<std::string> cycle(met, way_.end());
        cycle.push_back(to);
        problems_.push_back(
            ProblemAt(arrow.origin, arrow.line,
                      absl::StrCat("cycle ", absl::StrJoin(cycle, " -> "))));
      } else {
        Visit(to);
      }
    }
    way_.pop_back();
  }

  std::map<std::string, std::map<std::string, Arrow>> arrows_;
  std::set<std::string> visited_;
  std::vector<std::string> way_;
  Problems problems_;
};

}  // namespace

Problems CheckIncludes(const SourceFile& file) {
  Problems problems;
  const std::string stem = StemOf(file.path);
  for (const Include& include : IncludesOf(file)) {
    const std::string needed = NeededBy(include.path);
    if (include.path == kWholeTorch) {
      problems.push_back(ProblemAt(file.path, include.line,
                                   "torch/torch.h: include the least torch"));
    } else if (!MayUse(stem, needed)) {
      problems.push_back(
          ProblemAt(file.path, include.line,
                    absl::StrCat(FolderOf(file.path), " may not include ",
                                 include.path, " (", needed, ")")));
    }
  }
  return problems;
}

Problems CheckDepsLayering(const SourceFile& file) {
  Problems problems;
  if (!IsBuildFile(file.path)) return problems;
  const std::string folder = FolderOf(file.path);
  if (!IsOurs(folder) || folder == "tools/third_party") return problems;
  for (const BuildRule& rule : ParseBuildFile(file.text)) {
    const std::string stem = absl::StrCat(folder, "/", TargetOf(rule));
    for (const std::string& dep : StringsOf(rule, "deps")) {
      const std::string needed = NeededByDep(dep);
      if (needed.empty() || MayDepend(stem, needed)) continue;
      problems.push_back(
          ProblemAt(file.path, FindAttribute(rule, "deps")->line,
                    absl::StrCat(TargetOf(rule), " may not depend on ", dep)));
    }
  }
  return problems;
}

Problems CheckRegexSeam(const SourceFile& file) {
  Problems problems;
  const std::string stem = StemOf(file.path);
  const bool is_seam = stem == "cxr/base/regex" ||
                       stem == "cxr/base/regex_test" ||
                       PackageOf(file.path) == "metrics";
  if (is_seam || !IsCpp(file.path)) return problems;
  for (const Token& token : Tokenize(file.text)) {
    if (token.text != "StringPiece") continue;
    problems.push_back(
        ProblemAt(file.path, token.line, "StringPiece outside cxr/base/regex"));
  }
  return problems;
}

Problems CheckExperiments(const SourceFile& file) {
  if (!absl::StartsWith(file.path, "experiments/")) return {};
  // What runs left behind, kept as evidence.
  if (absl::StartsWith(file.path, "experiments/records/")) return {};
  if (IsBuildFile(file.path)) return {};
  if (absl::EndsWith(file.path, ".textproto")) return {};
  return {ProblemAt(file.path, 1, "neither a textproto nor a BUILD file")};
}

Problems CheckTorchReach(const std::vector<SourceFile>& tree) {
  Problems problems;
  TorchSearch search(tree);
  for (const SourceFile& file : tree) {
    if (!IsCpp(file.path) || !IsTorchFree(StemOf(file.path))) continue;
    const std::vector<std::string> way = search.Find(file.path);
    if (way.empty()) continue;
    problems.push_back(
        ProblemAt(file.path, 1,
                  absl::StrCat("reaches torch: ", absl::StrJoin(way, " -> "))));
  }
  return problems;
}

Problems CheckFolderCycles(const std::vector<SourceFile>& tree) {
  return CycleSearch(tree).Find();
}

Problems CheckSingleSeams(const std::vector<SourceFile>& tree) {
  std::string ops_header;
  std::string regex_stem;
  Problems problems;
  for (const SourceFile& file : tree) {
    const std::string package = PackageOf(file.path);
    for (const Include& include : IncludesOf(file)) {
      const std::string needed = NeededBy(include.path);
      std::string* only = nullptr;
      std::string found;
      if (package == "cxr/cuda" && needed == "cxr/ops") {
        only = &ops_header;
        found = include.path;
      } else if (package == "metrics" && needed == "re2") {
        only = &regex_stem;
        found = StemOf(file.path);
      }
      if (only == nullptr || IsTestSource(file.path)) continue;
      if (only->empty()) *only = found;
      if (*only == found) continue;
      problems.push_back(ProblemAt(
          file.path, include.line,
          absl::StrCat("a second seam to ", needed, " beside ", *only)));
    }
  }
  return problems;
}

Problems CheckLayering(const std::vector<SourceFile>& tree) {
  constexpr Problems (*kRules[])(const SourceFile&) = {
      CheckIncludes, CheckDepsLayering, CheckRegexSeam, CheckExperiments};
  Problems problems;
  for (const SourceFile& file : tree) {
    for (const auto rule : kRules) AddProblems(rule(file), &problems);
  }
  AddProblems(CheckTorchReach(tree), &problems);
  AddProblems(CheckFolderCycles(tree), &problems);
  AddProblems(CheckSingleSeams(tree), &problems);
  return problems;
}

}  // namespace cxr::tests
