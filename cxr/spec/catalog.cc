// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/catalog.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/check_rules.h"
#include "cxr/spec/references.h"

namespace cxr {
namespace {

constexpr absl::string_view kExtension = ".textproto";

// What a reference of a kind names.
SpecKind KindOf(spec::Reference kind) {
  switch (kind) {
    case spec::FRAGMENT:
      return SpecKind::kFragment;
    case spec::PUBLISHED_TABLE:
      return SpecKind::kPublished;
    case spec::STUDY:
      return SpecKind::kStudy;
    case spec::TABLE:
      return SpecKind::kTable;
    default:
      return SpecKind::kExperiment;
  }
}

// What is wrong with a file beyond the options of its fields, other files left
// aside.
std::vector<FieldProblem> ProblemsOf(const SpecFile& file) {
  switch (file.kind) {
    case SpecKind::kStudy:
      return CheckStudy(file.As<spec::StudySpec>());
    case SpecKind::kRungs:
      return CheckRungs(file.As<spec::RungSet>());
    case SpecKind::kProtocols:
      return CheckProtocols(file.As<spec::ProtocolSet>());
    default:
      return {};
  }
}

// "a fragment" without the article.
absl::string_view NounOf(SpecKind kind) {
  const absl::string_view name = KindName(kind);
  return name.substr(name.find(' ') + 1);
}

}  // namespace

absl::StatusOr<SpecCatalog> SpecCatalog::Load(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  std::vector<SpecText> texts;
  for (const std::string& file : files) {
    if (absl::EndsWith(file, kExtension)) {
      SpecText& text = texts.emplace_back();
      text.path = JoinPath(folder, file);
      text.kind = KindOf(file);
      absl::StatusOr<std::string> read = ReadFile(text.path);
      if (read.ok()) {
        text.text = *std::move(read);
      } else {
        text.unreadable = std::string(read.status().message());
      }
    }
  }
  if (texts.empty()) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": no *.textproto files below it"));
  }
  return SpecCatalog(std::move(texts));
}

SpecCatalog::SpecCatalog(std::vector<SpecText> texts) {
  for (SpecText& text : texts) {
    Read(std::move(text));
  }
}

void SpecCatalog::Read(SpecText text) {
  text.id = static_cast<int>(files_.size());
  std::unique_ptr<SpecFile> file = ReadSpec(std::move(text), issues_);
  const auto [known, added] = any_kind_.emplace(file->name, file.get());
  if (added) {
    by_name_.emplace(std::make_pair(file->kind, file->name), file.get());
  } else {
    collisions_.push_back(
        {.file = file->path,
         .message = absl::StrCat("the name '", file->name, "' is taken by ",
                                 known->second->path, "; rename one of them")});
    issues_.push_back(collisions_.back());
  }
  if (added && !file->broken) {
    const std::vector<FieldProblem> problems = ProblemsOf(*file);
    for (const FieldProblem& problem : problems) {
      issues_.push_back(Locate(problem, *file));
    }
    file->broken = !problems.empty();
    AddCells(*file);
  }
  files_.push_back(std::move(file));
}

std::vector<SpecIssue> SpecCatalog::IssuesOf(const SpecFile& file) const {
  std::vector<SpecIssue> found;
  for (const SpecIssue& issue : issues_) {
    if (issue.file == file.path) {
      found.push_back(issue);
    }
  }
  return found;
}

std::vector<SpecIssue> SpecCatalog::FatalIssues() const {
  std::vector<SpecIssue> found = collisions_;
  for (const SpecKind kind :
       {SpecKind::kRungs, SpecKind::kProtocols, SpecKind::kFamilies}) {
    if (const SpecFile* file = FindOnly(kind)) {
      const std::vector<SpecIssue> issues = IssuesOf(*file);
      found.insert(found.end(), issues.begin(), issues.end());
    }
  }
  return found;
}

void SpecCatalog::AddCells(const SpecFile& study) {
  if (study.broken || study.kind != SpecKind::kStudy) {
    return;
  }
  for (StudyCell& cell : CellsOf(study.As<spec::StudySpec>(), study.name)) {
    cells_of_[study.name].push_back(cell.name);
    const std::string name = cell.name;
    const std::string unseeded = UnseededName(cell, study.name);
    if (unseeded != name) {
      seeds_of_[unseeded].push_back(name);
    }
    cells_.emplace(name, CatalogCell{.study = &study, .cell = std::move(cell)});
  }
}

const SpecFile* SpecCatalog::Find(SpecKind kind, absl::string_view name) const {
  const auto it = by_name_.find({kind, std::string(name)});
  return it == by_name_.end() ? nullptr : it->second;
}

const CatalogCell* SpecCatalog::FindCell(absl::string_view name) const {
  const auto it = cells_.find(std::string(name));
  return it == cells_.end() ? nullptr : &it->second;
}

const SpecFile* SpecCatalog::FindOnly(SpecKind kind) const {
  const auto it = by_name_.lower_bound({kind, ""});
  return it == by_name_.end() || it->first.first != kind ? nullptr : it->second;
}

const spec::RungSpec* SpecCatalog::FindRung(absl::string_view name) const {
  const SpecFile* file = FindOnly(SpecKind::kRungs);
  if (file != nullptr) {
    for (const spec::RungSpec& rung : file->As<spec::RungSet>().rungs()) {
      if (rung.name() == name) {
        return &rung;
      }
    }
  }
  return nullptr;
}

const spec::ProtocolSpec* SpecCatalog::FindProtocol(
    absl::string_view name) const {
  const SpecFile* file = FindOnly(SpecKind::kProtocols);
  if (file != nullptr) {
    for (const spec::ProtocolSpec& protocol :
         file->As<spec::ProtocolSet>().protocols()) {
      if (protocol.name() == name) {
        return &protocol;
      }
    }
  }
  return nullptr;
}

std::vector<std::string> SpecCatalog::Names(SpecKind kind) const {
  std::vector<std::string> names;
  for (auto it = by_name_.lower_bound({kind, ""});
       it != by_name_.end() && it->first.first == kind; ++it) {
    names.push_back(it->first.second);
  }
  return names;
}

std::vector<std::string> SpecCatalog::CellNames(absl::string_view study) const {
  const auto it = cells_of_.find(std::string(study));
  return it == cells_of_.end() ? std::vector<std::string>() : it->second;
}

bool SpecCatalog::HasFile(absl::string_view file) const {
  const std::string canonical = Canonical(file);
  return std::any_of(files_.begin(), files_.end(), [&](const auto& known) {
    return Canonical(known->path) == canonical;
  });
}

bool SpecCatalog::HasExperiment(absl::string_view name) const {
  return Find(SpecKind::kExperiment, name) != nullptr ||
         FindCell(name) != nullptr;
}

std::vector<std::string> SpecCatalog::ExperimentsOf(
    absl::string_view name) const {
  if (HasExperiment(name)) {
    return {std::string(name)};
  }
  const auto it = seeds_of_.find(std::string(name));
  return it == seeds_of_.end() ? std::vector<std::string>() : it->second;
}

bool SpecCatalog::IsOfSeeds(absl::string_view name) const {
  return seeds_of_.contains(std::string(name));
}

bool SpecCatalog::Has(spec::Reference kind, absl::string_view name) const {
  if (kind != spec::EXPERIMENT) {
    return Find(KindOf(kind), name) != nullptr;
  }
  const SpecFile* study =
      Find(SpecKind::kStudy, name.substr(0, name.find('/')));
  return HasExperiment(name) || (study != nullptr && study->broken);
}

void SpecCatalog::AddFragmentsOf(const google::protobuf::Message& message,
                                 std::set<std::string>& fragments) const {
  // A list, not a recursion: includes may go deeper than the stack.
  std::vector<std::string> open = NamesIn(message, spec::FRAGMENT);
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    const SpecFile* fragment = Find(SpecKind::kFragment, name);
    if (fragments.insert(name).second && fragment != nullptr) {
      for (std::string& inner : NamesIn(*fragment->message, spec::FRAGMENT)) {
        open.push_back(std::move(inner));
      }
    }
  }
}

bool SpecCatalog::HasResult(absl::string_view name) const {
  return IsOfSeeds(name) || Has(spec::EXPERIMENT, name);
}

std::string SpecCatalog::ExplainMissingCell(
    absl::string_view study, absl::string_view name,
    std::vector<std::string> known) const {
  if (known.empty()) {
    return absl::StrCat("no cell '", name, "'; the study '", study,
                        "' has mistakes, see: cxr lint");
  }
  const std::string nearest = Nearest(name, known);
  return absl::StrCat(
      "no cell '", name, "'; ",
      nearest.empty()
          ? absl::StrCat("its cells are named like '", known.front(), "'")
          : absl::StrCat("did you mean '", nearest, "'?"));
}

std::string SpecCatalog::ExplainMissingResult(absl::string_view name) const {
  const absl::string_view study = name.substr(0, name.find('/'));
  if (study.size() == name.size() || Find(SpecKind::kStudy, study) == nullptr) {
    return ExplainMissing(spec::EXPERIMENT, name);
  }
  std::vector<std::string> known = CellNames(study);
  for (const auto& [unseeded, unused] : seeds_of_) {
    if (absl::StartsWith(unseeded, absl::StrCat(study, "/"))) {
      known.push_back(unseeded);
    }
  }
  return ExplainMissingCell(study, name, std::move(known));
}

std::string SpecCatalog::ExplainMissing(spec::Reference kind,
                                        absl::string_view name) const {
  const absl::string_view study = name.substr(0, name.find('/'));
  if (kind == spec::EXPERIMENT && IsOfSeeds(name)) {
    return absl::StrCat("'", name, "' stands for several seeds, expected one ",
                        "of them, like '", ExperimentsOf(name).front(), "'");
  }
  if (kind == spec::EXPERIMENT && study.size() < name.size() &&
      Find(SpecKind::kStudy, study) != nullptr) {
    return ExplainMissingCell(study, name, CellNames(study));
  }
  if (kind == spec::FRAGMENT && HasExperiment(name)) {
    return absl::StrCat("'", name, "' is an experiment, expected a fragment: ",
                        "move what is shared to experiments/common/");
  }
  return NotThere(
      NounOf(KindOf(kind)), name,
      kind == spec::EXPERIMENT ? ExperimentNames() : Names(KindOf(kind)));
}

std::vector<std::string> SpecCatalog::ExperimentNames() const {
  std::vector<std::string> names = Names(SpecKind::kExperiment);
  for (const auto& [name, unused] : cells_) {
    names.push_back(name);
  }
  return names;
}

}  // namespace cxr
