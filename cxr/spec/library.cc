// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/library.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/lint.h"

namespace cxr {
namespace {

template <typename Message>
absl::StatusOr<Message> FindMessage(const SpecCatalog& catalog, SpecKind kind,
                                    absl::string_view what,
                                    absl::string_view name) {
  const SpecFile* file = catalog.Find(kind, name);
  if (file == nullptr) {
    return absl::InvalidArgumentError(
        NotThere(what, name, catalog.Names(kind)));
  }
  CXR_RETURN_IF_ERROR(ToStatus(catalog.IssuesOf(*file)));
  return file->As<Message>();
}

// The element of a repeated field whose key is `name`.
template <typename Items, typename Key>
auto FindItem(const Items& items, Key key, absl::string_view what,
              absl::string_view name)
    -> absl::StatusOr<std::decay_t<decltype(*items.begin())>> {
  std::vector<std::string> known;
  for (const auto& item : items) {
    if (key(item) == name) {
      return item;
    }
    known.push_back(key(item));
  }
  return absl::InvalidArgumentError(NotThere(what, name, known));
}

// The one file of its kind, which holds a list.
template <typename Message>
absl::StatusOr<Message> FindOnly(const SpecCatalog& catalog, SpecKind kind) {
  const SpecFile* file = catalog.FindOnly(kind);
  if (file == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("experiments/", KindFolder(kind), " is missing"));
  }
  return file->As<Message>();
}

// Fewer experiments are not worth a thread and a resolver of its own.
constexpr size_t kSmallestPart = 200;

absl::StatusOr<ResolvedExperiment> WithoutPlaces(
    absl::string_view name, const Setting& setting,
    absl::StatusOr<PlacedExperiment> placed) {
  CXR_RETURN_IF_ERROR(placed.status());
  return ResolvedExperiment{.name = std::string(name),
                            .rung = setting.rung,
                            .protocol = setting.protocol,
                            .spec = std::move(placed->spec)};
}

}  // namespace

SpecLibrary::SpecLibrary(SpecCatalog catalog)
    : catalog_(std::make_unique<SpecCatalog>(std::move(catalog))),
      resolver_(std::make_unique<Resolver>(*catalog_)) {}

absl::StatusOr<SpecLibrary> SpecLibrary::Load(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(SpecCatalog catalog, SpecCatalog::Load(folder));
  CXR_RETURN_IF_ERROR(ToStatus(catalog.FatalIssues()));
  return SpecLibrary(std::move(catalog));
}

absl::Status SpecLibrary::CheckSetting(const Setting& setting) const {
  // Asked for every experiment: only what is not there is worth a search.
  if (catalog_->FindRung(setting.rung) == nullptr) {
    return Rung(setting.rung).status();
  }
  return catalog_->FindProtocol(setting.protocol) == nullptr
             ? Protocol(setting.protocol).status()
             : absl::OkStatus();
}

absl::StatusOr<PlacedExperiment> SpecLibrary::ResolvePlaced(
    absl::string_view name, const Setting& setting) const {
  return ResolveWith(*resolver_, name, setting);
}

absl::StatusOr<PlacedExperiment> SpecLibrary::ResolveWith(
    const Resolver& resolver, absl::string_view name,
    const Setting& setting) const {
  if (!HasExperiment(name)) {
    return absl::InvalidArgumentError(
        NotThere("experiment", name, catalog_->ExperimentNames()));
  }
  CXR_RETURN_IF_ERROR(CheckSetting(setting));
  PlacedExperiment placed = resolver.Resolve(name, setting);
  if (!placed.broken.empty()) {
    std::vector<SpecIssue> issues;
    for (const int id : placed.broken) {
      for (SpecIssue& issue :
           catalog_->IssuesOf(*catalog_->files()[static_cast<size_t>(id)])) {
        issues.push_back(std::move(issue));
      }
    }
    return ToStatus(issues);
  }
  for (SpecIssue& issue : placed.issues) {
    absl::StrAppend(&issue.message, " (at rung ", setting.rung, ")");
  }
  CXR_RETURN_IF_ERROR(ToStatus(placed.issues));
  return placed;
}

absl::StatusOr<ResolvedExperiment> SpecLibrary::Resolve(
    absl::string_view name, const Setting& setting) const {
  return WithoutPlaces(name, setting, ResolvePlaced(name, setting));
}

std::vector<absl::StatusOr<ResolvedExperiment>> SpecLibrary::ResolveAll(
    const std::vector<std::string>& names, const Setting& setting,
    int threads) const {
  std::vector<absl::StatusOr<ResolvedExperiment>> resolved(names.size());
  // Neighbours share what they are composed from, so each thread has a run of
  // them, and a resolver of its own.
  const size_t parts = std::clamp(names.size() / kSmallestPart, size_t{1},
                                  static_cast<size_t>(threads));
  const absl::Status done =
      ParallelFor(static_cast<int64_t>(parts), threads, [&](int64_t part) {
        const Resolver own(*catalog_);
        const size_t begin = names.size() * static_cast<size_t>(part) / parts;
        const size_t end = names.size() * static_cast<size_t>(part + 1) / parts;
        for (size_t i = begin; i < end; ++i) {
          resolved[i] = WithoutPlaces(
              names[i], setting,
              ResolveWith(parts == 1 ? *resolver_ : own, names[i], setting));
        }
        return absl::OkStatus();
      });
  CXR_CHECK(done.ok()) << "resolving keeps its errors";
  return resolved;
}

absl::StatusOr<spec::TableSpec> SpecLibrary::Table(
    absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(
      spec::TableSpec table,
      FindMessage<spec::TableSpec>(*catalog_, SpecKind::kTable, "table", name));
  CXR_RETURN_IF_ERROR(
      ToStatus(LintTable(*catalog_, *catalog_->Find(SpecKind::kTable, name))));
  return table;
}

absl::StatusOr<spec::PublishedValues> SpecLibrary::Published(
    absl::string_view name) const {
  return FindMessage<spec::PublishedValues>(*catalog_, SpecKind::kPublished,
                                            "published table", name);
}

absl::StatusOr<spec::DeploymentSpec> SpecLibrary::Deployment(
    absl::string_view name) const {
  return FindMessage<spec::DeploymentSpec>(*catalog_, SpecKind::kDeployment,
                                           "deployment", name);
}

absl::StatusOr<spec::StudySpec> SpecLibrary::Study(
    absl::string_view name) const {
  return FindMessage<spec::StudySpec>(*catalog_, SpecKind::kStudy, "study",
                                      name);
}

absl::StatusOr<spec::FamilySpec> SpecLibrary::Family(
    absl::string_view id) const {
  CXR_ASSIGN_OR_RETURN(
      const spec::FamilySet set,
      FindOnly<spec::FamilySet>(*catalog_, SpecKind::kFamilies));
  return FindItem(
      set.families(), [](const auto& f) { return f.id(); }, "family", id);
}

absl::StatusOr<spec::RungSpec> SpecLibrary::Rung(absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(const spec::RungSet set,
                       FindOnly<spec::RungSet>(*catalog_, SpecKind::kRungs));
  return FindItem(
      set.rungs(), [](const auto& r) { return r.name(); }, "rung", name);
}

absl::StatusOr<spec::ProtocolSpec> SpecLibrary::Protocol(
    absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(
      const spec::ProtocolSet set,
      FindOnly<spec::ProtocolSet>(*catalog_, SpecKind::kProtocols));
  return FindItem(
      set.protocols(), [](const auto& p) { return p.name(); }, "protocol",
      name);
}

bool SpecLibrary::HasTable(absl::string_view name) const {
  return catalog_->Find(SpecKind::kTable, name) != nullptr;
}

bool SpecLibrary::HasStudy(absl::string_view name) const {
  return catalog_->Find(SpecKind::kStudy, name) != nullptr;
}

bool SpecLibrary::HasExperiment(absl::string_view name) const {
  return catalog_->HasExperiment(name);
}

const SpecFile* SpecLibrary::FindFile(absl::string_view name) const {
  for (const auto& file : catalog_->files()) {
    if (file->name == name) {
      return file.get();
    }
  }
  return nullptr;
}

std::vector<std::string> SpecLibrary::TargetNames() const {
  std::vector<std::string> names;
  for (const SpecKind kind :
       {SpecKind::kExperiment, SpecKind::kStudy, SpecKind::kTable}) {
    for (std::string& name : catalog_->Names(kind)) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace cxr
