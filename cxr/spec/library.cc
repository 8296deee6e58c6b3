// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/library.h"

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"
#include "cxr/base/regex.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/textproto.h"
#include "cxr/spec/check_table.h"
#include "cxr/spec/merge.h"
#include "cxr/spec/table_experiments.h"
#include "cxr/spec/validate.h"

namespace cxr {
namespace {

constexpr absl::string_view kExtension = ".textproto";
// No person writes more; a larger file is no spec.
constexpr size_t kMaxBytes = 1 << 20;
constexpr absl::string_view kRungs = "rungs";
constexpr absl::string_view kFamilies = "families";

template <typename Map>
std::string NamesOf(const Map& map) {
  return absl::StrJoin(map, ", ", [](std::string* out, const auto& entry) {
    out->append(entry.first);
  });
}

template <typename Map>
absl::Status NotThere(absl::string_view what, absl::string_view name,
                      const Map& map) {
  return absl::InvalidArgumentError(
      absl::StrCat("no ", what, " '", name, "'; there are: ", NamesOf(map)));
}

template <typename Map>
auto Find(const Map& map, absl::string_view what, absl::string_view name)
    -> absl::StatusOr<decltype(map.begin()->second.message)> {
  const auto it = map.find(std::string(name));
  if (it == map.end()) {
    return NotThere(what, name, map);
  }
  return it->second.message;
}

// The element of a repeated field whose key is `name`.
template <typename Items, typename Key>
auto FindItem(const Items& items, Key key, absl::string_view what,
              absl::string_view name)
    -> absl::StatusOr<std::decay_t<decltype(*items.begin())>> {
  std::map<std::string, int> known;
  for (const auto& item : items) {
    if (key(item) == name) {
      return item;
    }
    known[key(item)] = 1;
  }
  return NotThere(what, name, known);
}

// A broken pattern matches nothing; lint says that it is broken.
bool Matches(const spec::RungRule& rule, const spec::ExperimentSpec& spec) {
  return std::any_of(spec.include().begin(), spec.include().end(),
                     [&](const std::string& fragment) {
                       const absl::StatusOr<bool> match =
                           FullMatch(fragment, rule.including());
                       return match.ok() && *match;
                     });
}

void Append(std::vector<SpecIssue> more, std::vector<SpecIssue>& issues) {
  for (SpecIssue& issue : more) {
    issues.push_back(std::move(issue));
  }
}

}  // namespace

absl::StatusOr<SpecLibrary> SpecLibrary::Load(absl::string_view folder) {
  SpecLibrary library;
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  for (const std::string& file : files) {
    if (absl::EndsWith(file, kExtension)) {
      CXR_RETURN_IF_ERROR(library.ReadOne(folder, file));
    }
  }
  if (library.file_of_name_.empty()) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": no *.textproto files below it"));
  }
  return library;
}

absl::Status SpecLibrary::ReadOne(absl::string_view folder,
                                  const std::string& relative) {
  const std::string path = JoinPath(folder, relative);
  const std::string name = Stem(relative);
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  if (text.size() > kMaxBytes) {
    issues_.push_back({.file = path,
                       .message = absl::StrCat("found ", text.size(),
                                               " bytes, expected a spec of at ",
                                               "most ", kMaxBytes)});
    return absl::OkStatus();
  }
  const auto [known, added] = file_of_name_.emplace(name, path);
  if (!added) {
    issues_.push_back(
        {.file = path,
         .message = absl::StrCat("the name '", name, "' is taken by ",
                                 known->second)});
    return absl::OkStatus();
  }
  if (absl::StartsWith(relative, "common/")) {
    Add(path, text, fragments_);
  } else if (absl::StartsWith(relative, "tables/")) {
    Add(path, text, tables_);
  } else if (absl::StartsWith(relative, "published/")) {
    Add(path, text, published_);
  } else if (absl::StartsWith(relative, "deployments/")) {
    Add(path, text, deployments_);
  } else if (name == kRungs) {
    Add(path, text, rung_sets_);
  } else if (name == kFamilies) {
    Add(path, text, family_sets_);
  } else {
    Add(path, text, experiments_);
  }
  return absl::OkStatus();
}

template <typename Message>
void SpecLibrary::Add(const std::string& file, absl::string_view text,
                      ByName<Message>& target) {
  SpecFile<Message> spec_file{.file = file};
  const ParsedTextproto parsed = ParseTextproto(text, spec_file.message);
  for (const TextIssue& issue : parsed.issues) {
    issues_.push_back({.file = file,
                       .line = issue.line,
                       .column = issue.column,
                       .message = issue.message});
  }
  Append(CheckValues(spec_file.message, *parsed.positions, file), issues_);
  // Experiments are complete only after merging, fragments never need to be.
  if constexpr (!std::is_same_v<Message, spec::ExperimentSpec> &&
                !std::is_same_v<Message, spec::RungSet>) {
    if (parsed.issues.empty()) {
      Append(CheckComplete(spec_file.message, file), issues_);
    }
  }
  target.emplace(Stem(file), std::move(spec_file));
}

std::vector<SpecIssue> SpecLibrary::MergeIncludes(
    const spec::ExperimentSpec& spec, const std::string& file,
    spec::ExperimentSpec& merged) const {
  std::vector<SpecIssue> issues;
  for (const std::string& include : spec.include()) {
    const auto it = fragments_.find(include);
    if (it == fragments_.end()) {
      issues.push_back(
          {.file = file,
           .field = "include",
           .message = absl::StrCat("no fragment '", include,
                                   "'; there are: ", NamesOf(fragments_))});
    } else if (it->second.message.include_size() > 0) {
      issues.push_back({.file = it->second.file,
                        .field = "include",
                        .message = "a fragment includes no other fragments"});
    } else {
      MergeOver(it->second.message, merged);
    }
  }
  MergeOver(spec, merged);
  return issues;
}

std::vector<SpecIssue> SpecLibrary::ResolveInto(
    const std::string& name, const spec::RungSpec& rung,
    spec::ExperimentSpec& resolved) const {
  const auto& [file, spec] = experiments_.at(name);
  std::vector<SpecIssue> issues = MergeIncludes(spec, file, resolved);
  for (const spec::RungRule& rule : rung.rules()) {
    if (Matches(rule, spec)) {
      Append(MergeIncludes(rule.overlay(), RungFile(), resolved), issues);
    }
  }
  // Where values came from is history; the result stands for itself.
  resolved.clear_include();
  if (!issues.empty()) {
    return issues;  // Half merged: what lacks is unclear.
  }
  Append(CheckComplete(resolved, file), issues);
  if (issues.empty()) {
    Append(CheckExperiment(resolved, file), issues);
  }
  for (SpecIssue& issue : issues) {
    absl::StrAppend(&issue.message, " (at rung ", rung.name(), ")");
  }
  return issues;
}

std::string SpecLibrary::RungFile() const {
  const auto it = rung_sets_.find(std::string(kRungs));
  return it == rung_sets_.end() ? "" : it->second.file;
}

void SpecLibrary::LintRungs(std::vector<SpecIssue>& issues) const {
  std::set<std::string> names;
  const auto add = [&](std::string field, std::string message) {
    issues.push_back({.file = RungFile(),
                      .field = std::move(field),
                      .message = std::move(message)});
  };
  for (const spec::RungSpec& rung :
       rung_sets_.begin()->second.message.rungs()) {
    if (!names.insert(rung.name()).second) {
      add("rungs.name", absl::StrCat("'", rung.name(), "' stands there twice"));
    }
    if (!rung.has_description() || !rung.has_judges_sanity_checks()) {
      add("rungs", absl::StrCat("'", rung.name(), "' lacks its description or ",
                                "judges_sanity_checks"));
    }
    for (const spec::RungRule& rule : rung.rules()) {
      const absl::StatusOr<bool> pattern = FullMatch("", rule.including());
      const bool used = std::any_of(
          experiments_.begin(), experiments_.end(),
          [&](const auto& e) { return Matches(rule, e.second.message); });
      if (!used) {
        add("rungs.rules.including",
            pattern.ok() ? absl::StrCat("'", rule.including(),
                                        "' is a fragment of no experiment")
                         : std::string(pattern.status().message()));
      }
      spec::ExperimentSpec unused;
      Append(MergeIncludes(rule.overlay(), RungFile(), unused), issues);
    }
  }
}

void SpecLibrary::LintTable(const std::string& name,
                            std::vector<SpecIssue>& issues) const {
  const auto& [file, table] = tables_.at(name);
  for (const std::string& experiment : ExperimentsOf(table)) {
    if (!HasExperiment(experiment)) {
      issues.push_back(
          {.file = file,
           .field = "experiment",
           .message = absl::StrCat("no experiment '", experiment, "'")});
    }
  }
  const auto published = published_.find(table.published());
  if (published == published_.end()) {
    issues.push_back(
        {.file = file,
         .field = "published",
         .message = absl::StrCat("no published table '", table.published(),
                                 "'; there are: ", NamesOf(published_))});
    return;
  }
  Append(CheckTable(table, published->second.message, file), issues);
}

std::vector<SpecIssue> SpecLibrary::Lint() const {
  std::vector<SpecIssue> issues = issues_;
  // With files that were not understood, later findings would be noise.
  if (!issues.empty()) {
    return issues;
  }
  if (rung_sets_.empty() || family_sets_.empty()) {
    return {{.file = file_of_name_.begin()->second,
             .message = "rungs.textproto or families.textproto is missing"}};
  }
  LintRungs(issues);
  if (!issues.empty()) {
    return issues;  // They would come back for every experiment.
  }
  for (const auto& [name, unused] : experiments_) {
    for (const spec::RungSpec& rung :
         rung_sets_.begin()->second.message.rungs()) {
      spec::ExperimentSpec resolved;
      Append(ResolveInto(name, rung, resolved), issues);
    }
  }
  for (const auto& [name, unused] : tables_) {
    LintTable(name, issues);
  }
  return issues;
}

absl::StatusOr<ResolvedExperiment> SpecLibrary::Resolve(
    absl::string_view name, absl::string_view rung_name) const {
  if (!HasExperiment(name)) {
    return NotThere("experiment", name, experiments_);
  }
  CXR_ASSIGN_OR_RETURN(const spec::RungSpec rung, Rung(rung_name));
  ResolvedExperiment resolved{.name = std::string(name),
                              .rung = std::string(rung_name)};
  CXR_RETURN_IF_ERROR(
      ToStatus(ResolveInto(resolved.name, rung, resolved.spec)));
  return resolved;
}

absl::StatusOr<spec::TableSpec> SpecLibrary::Table(
    absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(spec::TableSpec table, Find(tables_, "table", name));
  std::vector<SpecIssue> issues;
  LintTable(std::string(name), issues);
  CXR_RETURN_IF_ERROR(ToStatus(issues));
  return table;
}

absl::StatusOr<spec::PublishedValues> SpecLibrary::Published(
    absl::string_view name) const {
  return Find(published_, "published table", name);
}

absl::StatusOr<spec::DeploymentSpec> SpecLibrary::Deployment(
    absl::string_view name) const {
  return Find(deployments_, "deployment", name);
}

absl::StatusOr<spec::FamilySpec> SpecLibrary::Family(
    absl::string_view id) const {
  CXR_ASSIGN_OR_RETURN(const spec::FamilySet set,
                       Find(family_sets_, "file", kFamilies));
  return FindItem(
      set.families(), [](const auto& f) { return f.id(); }, "family", id);
}

absl::StatusOr<spec::RungSpec> SpecLibrary::Rung(absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(const spec::RungSet set,
                       Find(rung_sets_, "file", kRungs));
  return FindItem(
      set.rungs(), [](const auto& r) { return r.name(); }, "rung", name);
}

bool SpecLibrary::HasTable(absl::string_view name) const {
  return tables_.contains(std::string(name));
}

bool SpecLibrary::HasExperiment(absl::string_view name) const {
  return experiments_.contains(std::string(name));
}

bool SpecLibrary::HasFile(absl::string_view file) const {
  const std::string canonical = Canonical(file);
  return std::any_of(
      file_of_name_.begin(), file_of_name_.end(),
      [&](const auto& entry) { return Canonical(entry.second) == canonical; });
}

std::vector<std::string> SpecLibrary::TargetNames() const {
  std::vector<std::string> names;
  for (const auto& [name, unused] : experiments_) {
    names.push_back(name);
  }
  for (const auto& [name, unused] : tables_) {
    names.push_back(name);
  }
  return names;
}

}  // namespace cxr
