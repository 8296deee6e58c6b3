// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/resolve.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/base/regex.h"
#include "cxr/spec/experiment_rules.h"
#include "cxr/spec/places.h"
#include "cxr/spec/upstream_rules.h"
#include "cxr/spec/validate.h"

namespace cxr {
namespace {

// Pretrainings that start from each other; longer chains are circles of others.
constexpr size_t kLongestChain = 100;

// So many composed cells are kept; a study walks its seeds close together.
constexpr size_t kUnseededKept = 256;

using RuleList = google::protobuf::RepeatedPtrField<spec::OverlayRule>;

// The file whose fields say what an experiment is.
const SpecFile& OwnFile(const SpecCatalog& catalog, absl::string_view name) {
  const SpecFile* file = catalog.Find(SpecKind::kExperiment, name);
  if (file == nullptr) {
    file = catalog.FindCell(name)->study;
  }
  return *file;
}

bool HasSeeds(const CatalogCell& cell) {
  return std::any_of(
      cell.cell.points.begin(), cell.cell.points.end(),
      [](const CellPoint& point) { return point.axis->has_seeds(); });
}

// The same for all cells that differ in seeds alone.
std::string UnseededName(const CatalogCell& cell) {
  std::string name = cell.study->name;
  for (const CellPoint& point : cell.cell.points) {
    if (!point.axis->has_seeds()) {
      absl::StrAppend(&name, "/", point.axis->name(), "=", point.index);
    }
  }
  return name;
}

// What lacks is the matter of the experiment's own file, in the innermost
// message around it that this file writes.
SpecIssue LocateMissing(const FragmentHints& hints, FieldProblem problem,
                        const SpecFile& own) {
  const FieldPlace& place =
      FindPlace(own.places, *own.message->GetDescriptor(),
                own.kind == SpecKind::kStudy ? JoinField("base", problem.field)
                                             : problem.field);
  absl::StrAppend(&problem.message, hints.WhoSets(problem.field));
  return Locate(problem, own, place);
}

// What is wrong is the matter of whoever wrote the value.
SpecIssue LocateWritten(const FieldProblem& problem,
                        const PlacedExperiment& placed,
                        const SpecCatalog& catalog, const SpecFile& own) {
  const FieldPlace& place = FindPlace(
      placed.places, *spec::ExperimentSpec::descriptor(), problem.field);
  return place.number == 0
             ? Locate(problem, own, own.places)
             : Locate(problem,
                      *catalog.files()[static_cast<size_t>(place.file)], place);
}

// The fragments of an experiment that say something of it: those of which a
// value still stands, and those that include one of them.
std::set<std::string> StandingFragments(const SpecCatalog& catalog,
                                        const PlacedExperiment& placed) {
  std::set<int> files;
  AddFilesOfValues(placed.places, files);
  std::vector<std::string> open;
  std::map<absl::string_view, std::vector<absl::string_view>> includers;
  for (const std::string& name : placed.fragments) {
    const SpecFile& file = *catalog.Find(SpecKind::kFragment, name);
    if (files.contains(file.id)) {
      open.push_back(name);
    }
    for (const std::string& inner : file.As<spec::ExperimentSpec>().include()) {
      includers[inner].push_back(name);
    }
  }
  std::set<std::string> standing;
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    if (standing.insert(name).second) {
      const std::vector<absl::string_view>& above = includers[name];
      for (const absl::string_view outer : above) {
        open.emplace_back(outer);
      }
    }
  }
  return standing;
}

// A list of rules with where it stands.
struct PlacedRules {
  const SpecFile* file = nullptr;
  std::string field = {};
  const RuleList* rules = nullptr;
};

// Those of the rung `name`, after those of the rung it is based on.
void AddRungRules(const SpecFile& file, const std::string& name, int depth,
                  std::vector<PlacedRules>& found) {
  const auto& rungs = file.As<spec::RungSet>().rungs();
  for (int i = 0; i < rungs.size(); ++i) {
    // Lint refuses circles; here they only must end.
    if (rungs[i].name() == name && depth <= rungs.size()) {
      if (rungs[i].has_based_on()) {
        AddRungRules(file, rungs[i].based_on(), depth + 1, found);
      }
      found.push_back({&file, ItemField("rungs", i), &rungs[i].rules()});
      return;
    }
  }
}

// Those of the protocol, then those of the rung.
std::vector<PlacedRules> RulesOf(const SpecCatalog& catalog,
                                 const Setting& setting) {
  CXR_CHECK(catalog.FindProtocol(setting.protocol) != nullptr &&
            catalog.FindRung(setting.rung) != nullptr)
      << setting.rung << " " << setting.protocol;
  const SpecFile& protocols = *catalog.FindOnly(SpecKind::kProtocols);
  const auto& all = protocols.As<spec::ProtocolSet>().protocols();
  std::vector<PlacedRules> found;
  for (int i = 0; i < all.size(); ++i) {
    if (all[i].name() == setting.protocol) {
      found.push_back({&protocols, ItemField("protocols", i), &all[i].rules()});
    }
  }
  AddRungRules(*catalog.FindOnly(SpecKind::kRungs), setting.rung, 0, found);
  return found;
}

}  // namespace

Resolver::Resolver(const SpecCatalog& catalog)
    : catalog_(catalog), hints_(catalog) {
  const std::vector<std::string> fragments = catalog.Names(SpecKind::kFragment);
  const auto add = [&](const RuleList& rules) {
    for (const spec::OverlayRule& rule : rules) {
      const auto [known, added] = fragments_of_pattern_.emplace(
          rule.including(), std::set<std::string>());
      if (!added) {
        continue;
      }
      // A broken pattern matches nothing; the catalog says that it is broken.
      const absl::StatusOr<std::vector<bool>> matches =
          FullMatches(fragments, rule.including());
      for (size_t i = 0; matches.ok() && i < fragments.size(); ++i) {
        if ((*matches)[i]) {
          known->second.insert(fragments[i]);
        }
      }
    }
  };
  if (const SpecFile* file = catalog.FindOnly(SpecKind::kRungs)) {
    for (const spec::RungSpec& rung : file->As<spec::RungSet>().rungs()) {
      add(rung.rules());
    }
  }
  if (const SpecFile* file = catalog.FindOnly(SpecKind::kProtocols)) {
    for (const auto& protocol : file->As<spec::ProtocolSet>().protocols()) {
      add(protocol.rules());
    }
  }
}

bool Resolver::Matches(const spec::OverlayRule& rule,
                       const std::set<std::string>& fragments) const {
  const auto it = fragments_of_pattern_.find(rule.including());
  return it != fragments_of_pattern_.end() &&
         std::any_of(it->second.begin(), it->second.end(),
                     [&](const std::string& fragment) {
                       return fragments.contains(fragment);
                     });
}

std::set<std::string> Resolver::FragmentsOf(absl::string_view name) const {
  Composer composer(catalog_);
  ComposeBase(catalog_, name, composer);
  return StandingFragments(catalog_, composer.placed());
}

std::string Resolver::RulesFor(const std::set<std::string>& fragments,
                               const Setting& setting) const {
  std::string text;
  for (const PlacedRules& placed : RulesOf(catalog_, setting)) {
    for (int i = 0; i < placed.rules->size(); ++i) {
      if (Matches(placed.rules->Get(i), fragments)) {
        absl::StrAppend(&text, placed.field, "[", i, "] ");
      }
    }
  }
  return text;
}

PlacedExperiment Resolver::ResolveUnseeded(absl::string_view name,
                                           const Setting& setting) const {
  Composer composer(catalog_);
  ComposeBase(catalog_, name, composer);
  // Rules go by what the experiment is made of, not by what rules add.
  const std::set<std::string> fragments =
      StandingFragments(catalog_, composer.placed());
  const std::string description = composer.placed().spec.description();
  const spec::Protocol protocol = composer.placed().spec.protocol();
  for (const PlacedRules& placed : RulesOf(catalog_, setting)) {
    for (int i = 0; i < placed.rules->size(); ++i) {
      const spec::OverlayRule& rule = placed.rules->Get(i);
      if (Matches(rule, fragments)) {
        ComposeRule(*placed.file,
                    ItemField(JoinField(placed.field, "rules"), i), rule,
                    composer);
      }
    }
  }
  PlacedExperiment placed = std::move(composer.placed());
  placed.fragments = fragments;
  // Where values came from is history; the result stands for itself.
  placed.spec.clear_include();
  placed.spec.clear_spec_version();
  if (description.empty()) {
    placed.spec.clear_description();
  } else {
    placed.spec.set_description(description);
  }
  // Nothing was released that rules could repair.
  if (protocol == spec::DECLARED_GUESS) {
    placed.spec.set_protocol(protocol);
  }
  return placed;
}

void Resolver::Check(absl::string_view name, PlacedExperiment& placed) const {
  if (!placed.issues.empty() || !placed.broken.empty()) {
    return;  // Half merged: what lacks is unclear.
  }
  const SpecFile& own = OwnFile(catalog_, name);
  std::vector<FieldProblem> missing = CheckStages(placed.spec);
  for (FieldProblem& problem : CheckComplete(placed.spec)) {
    missing.push_back(std::move(problem));
  }
  for (const FieldProblem& problem : missing) {
    placed.issues.push_back(LocateMissing(hints_, problem, own));
  }
  if (missing.empty()) {
    for (const FieldProblem& problem : CheckExperiment(placed.spec)) {
      placed.issues.push_back(LocateWritten(problem, placed, catalog_, own));
    }
  }
}

PlacedExperiment Resolver::ResolveAlone(absl::string_view name,
                                        const Setting& setting) const {
  const CatalogCell* cell = catalog_.FindCell(name);
  if (cell == nullptr || !HasSeeds(*cell)) {
    PlacedExperiment placed = ResolveUnseeded(name, setting);
    Check(name, placed);
    return placed;
  }
  const std::pair<std::string, Setting> key = {UnseededName(*cell), setting};
  auto it = unseeded_.find(key);
  if (it == unseeded_.end()) {
    if (unseeded_.size() >= kUnseededKept) {
      unseeded_.clear();
    }
    it = unseeded_.emplace(key, ResolveUnseeded(name, setting)).first;
    Check(name, it->second);
  }
  if (it->second.issues.empty() && it->second.broken.empty()) {
    // A seed in the place of another one breaks no rule.
    PlacedExperiment placed = it->second;
    ComposeSeeds(*cell, placed);
    return placed;
  }
  // The seeds may be what is missing.
  PlacedExperiment placed = ResolveUnseeded(name, setting);
  ComposeSeeds(*cell, placed);
  Check(name, placed);
  return placed;
}

const PlacedExperiment& Resolver::Upstream(const std::string& name,
                                           const Setting& setting) const {
  const auto it = upstream_.find({name, setting});
  return it != upstream_.end() ? it->second
                               : upstream_
                                     .emplace(std::make_pair(name, setting),
                                              ResolveAlone(name, setting))
                                     .first->second;
}

void Resolver::CheckUpstream(absl::string_view name, const Setting& setting,
                             PlacedExperiment& placed) const {
  // Each link is a pretraining and what its own backbone started from.
  std::vector<std::string> chain = {std::string(name)};
  std::string field = "features.vit.weights.pretrained";
  const spec::WeightsSpec* weights = &placed.spec.features().vit().weights();
  if (placed.spec.has_pretrain()) {
    field = "pretrain.initial_weights.pretrained";
    weights = &placed.spec.pretrain().initial_weights();
  }
  const auto add = [&](std::string message) {
    placed.issues.push_back(
        LocateWritten({.field = JoinField(field, "experiment"),
                       .message = std::move(message)},
                      placed, catalog_, OwnFile(catalog_, name)));
  };
  while (weights->has_pretrained()) {
    const std::string& next = weights->pretrained().experiment();
    const bool own = chain.size() == 1;
    if (next == name) {
      return add(absl::StrCat(
          "starts from itself: ", absl::StrJoin(chain, " > "), " > ", next));
    }
    // What is wrong further up is said there.
    if (!catalog_.HasExperiment(next)) {
      return own && !catalog_.Has(spec::EXPERIMENT, next)
                 ? add(catalog_.ExplainMissing(spec::EXPERIMENT, next))
                 : void();
    }
    const PlacedExperiment& other = Upstream(next, setting);
    if (!other.broken.empty() || !other.issues.empty() ||
        chain.size() > kLongestChain) {
      return;
    }
    if (own && !other.spec.has_pretrain()) {
      return add(absl::StrCat("'", next,
                              "' has no pretrain stage, so it gives "
                              "no weights"));
    }
    if (own) {
      for (const FieldProblem& problem :
           CheckUpstreamWeights(placed.spec.backbone(), weights->pretrained(),
                                field, other.spec)) {
        placed.issues.push_back(
            LocateWritten(problem, placed, catalog_, OwnFile(catalog_, name)));
      }
    }
    chain.push_back(next);
    weights = &other.spec.pretrain().initial_weights();
  }
}

PlacedExperiment Resolver::Resolve(absl::string_view name,
                                   const Setting& setting) const {
  PlacedExperiment placed = ResolveAlone(name, setting);
  if (placed.issues.empty() && placed.broken.empty()) {
    CheckUpstream(name, setting, placed);
  }
  return placed;
}

}  // namespace cxr
