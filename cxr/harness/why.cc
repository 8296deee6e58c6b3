// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/why.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

void Set(std::optional<std::string> value, std::optional<std::string> origin,
         bool old, spec::FieldChange& change) {
  if (value.has_value()) {
    old ? change.set_old_value(*value) : change.set_new_value(*value);
  }
  if (origin.has_value() && !origin->empty()) {
    old ? change.set_old_origin(*origin) : change.set_new_origin(*origin);
  }
}

spec::FieldChange Change(const std::string& path,
                         const spec::IdentityPart* before,
                         const spec::IdentityPart* after) {
  spec::FieldChange change;
  change.set_path(path);
  if (before != nullptr) {
    Set(before->value(), before->origin(), /*old=*/true, change);
  }
  if (after != nullptr) {
    Set(after->value(), after->origin(), /*old=*/false, change);
  }
  return change;
}

spec::FieldChange Change(const std::string& path, const std::string& before,
                         const std::string& after) {
  spec::FieldChange change;
  change.set_path(path);
  Set(before, std::nullopt, /*old=*/true, change);
  Set(after, std::nullopt, /*old=*/false, change);
  return change;
}

void AddFieldChanges(const spec::RunRecord& earlier,
                     absl::Span<const spec::IdentityPart> parts,
                     std::vector<spec::FieldChange>& changes) {
  std::map<std::string, const spec::IdentityPart*> before;
  for (const spec::IdentityPart& part : earlier.identity()) {
    before[part.path()] = &part;
  }
  for (const spec::IdentityPart& part : parts) {
    const auto it = before.find(part.path());
    if (it == before.end()) {
      changes.push_back(Change(part.path(), nullptr, &part));
      continue;
    }
    if (it->second->value() != part.value()) {
      changes.push_back(Change(part.path(), it->second, &part));
    }
    before.erase(it);
  }
  for (const auto& [path, part] : before) {
    changes.push_back(Change(path, part, nullptr));
  }
}

std::map<std::string, std::string> InputIds(
    absl::Span<const spec::StageInput> inputs) {
  std::map<std::string, std::string> ids;
  for (const spec::StageInput& input : inputs) {
    ids[input.stage()] = input.id();
  }
  return ids;
}

std::map<std::string, std::string> InputIds(const spec::RunRecord& record) {
  return InputIds(std::vector<spec::StageInput>(record.inputs().begin(),
                                                record.inputs().end()));
}

class Explainer {
 public:
  Explainer(const Plan& plan, const std::vector<Decision>& decisions,
            const WhyOptions& options)
      : plan_(plan), decisions_(decisions), options_(options) {}

  spec::WhyRecord Explain() {
    why_.set_target(options_.target);
    why_.set_rung(options_.rung);
    why_.set_protocol(options_.protocol);
    for (size_t i = 0; i < plan_.stages.size(); ++i) {
      if (decisions_[i].decision == spec::REUSE &&
          decisions_[i].drift.empty()) {
        why_.set_reused(why_.reused() + 1);
      } else {
        ExplainOne(static_cast<int>(i), *why_.add_stages());
      }
    }
    return std::move(why_);
  }

 private:
  void ExplainOne(int place, spec::StageExplanation& out) {
    const PlannedStage& stage = plan_.At(place);
    const Decision& decision = decisions_[static_cast<size_t>(place)];
    out.set_stage(std::string(StageName(stage.kind)));
    out.set_id(stage.id);
    for (std::string& name : plan_.NamesOf(stage)) {
      out.add_experiments(std::move(name));
    }
    out.set_decision(decision.decision);
    out.set_reason(decision.reason);
    if (!decision.drift.empty()) {
      out.set_drift(decision.drift);
    }
    if (decision.decision == spec::REUSE) {
      return;
    }
    const std::optional<spec::RunRecord> earlier =
        EarlierRecord(plan_, place, options_.store, options_.index);
    if (!earlier.has_value()) {
      return;
    }
    out.set_compared_id(earlier->id());
    out.set_compared_unix_seconds(earlier->provenance().created_unix_seconds());
    const auto& experiment = plan_.ExperimentOf(stage);
    for (spec::FieldChange& change : ChangesBetween(
             *earlier, stage,
             WithOrigins(plan_.PartsOf(stage), Origins(experiment)))) {
      *out.add_changes() = std::move(change);
    }
    const std::map<std::string, std::string> before = InputIds(*earlier);
    for (const auto& [name, id] : InputIds(stage.inputs)) {
      const auto it = before.find(name);
      if (StageKindOf(name).has_value() &&
          (it == before.end() || it->second != id)) {
        out.add_because_of(name);
      }
    }
  }

  const std::map<std::string, std::string>& Origins(
      const ResolvedExperiment& experiment) {
    const auto [it, added] = origins_.try_emplace(experiment.name);
    if (added) {
      it->second = options_.origins(experiment);
    }
    return it->second;
  }

  const Plan& plan_;
  const std::vector<Decision>& decisions_;
  const WhyOptions& options_;
  spec::WhyRecord why_;
  std::map<std::string, std::map<std::string, std::string>> origins_;
};

}  // namespace

std::vector<spec::IdentityPart> WithOrigins(
    absl::Span<const spec::IdentityPart> parts,
    const std::map<std::string, std::string>& origins) {
  std::vector<spec::IdentityPart> placed(parts.begin(), parts.end());
  for (spec::IdentityPart& part : placed) {
    const auto it = origins.find(part.path());
    if (it != origins.end()) {
      part.set_origin(it->second);
    }
  }
  return placed;
}

std::optional<spec::RunRecord> EarlierRecord(const Plan& plan, int place,
                                             const Store& store,
                                             const StoreIndex& index) {
  const PlannedStage& stage = plan.At(place);
  const absl::string_view name = StageName(stage.kind);
  const IndexEntry* entry = NewestOf(plan, stage, index);
  if (entry == nullptr || entry->id == stage.id) {
    return std::nullopt;
  }
  absl::StatusOr<spec::RunRecord> record = store.Find(name, entry->id);
  return record.ok() ? std::optional(*std::move(record)) : std::nullopt;
}

std::vector<spec::FieldChange> ChangesBetween(
    const spec::RunRecord& earlier, const PlannedStage& stage,
    absl::Span<const spec::IdentityPart> parts) {
  std::vector<spec::FieldChange> changes;
  AddFieldChanges(earlier, parts, changes);
  if (earlier.version() != stage.version) {
    changes.push_back(Change("version", absl::StrCat(earlier.version()),
                             absl::StrCat(stage.version)));
  }
  const std::map<std::string, std::string> before = InputIds(earlier);
  for (const auto& [name, id] : InputIds(stage.inputs)) {
    const auto it = before.find(name);
    if (!StageKindOf(name).has_value() && it != before.end() &&
        it->second != id) {
      changes.push_back(Change(name, it->second, id));
    }
  }
  return changes;
}

std::string ToString(const spec::FieldChange& change) {
  const auto side = [](bool set, const std::string& value,
                       const std::string& origin) {
    return absl::StrCat(set ? value : "not set",
                        origin.empty() ? "" : absl::StrCat(" (", origin, ")"));
  };
  return absl::StrCat(
      change.path(), ": ",
      side(change.has_old_value(), change.old_value(), change.old_origin()),
      " -> ",
      side(change.has_new_value(), change.new_value(), change.new_origin()));
}

spec::WhyRecord Explain(const Plan& plan,
                        const std::vector<Decision>& decisions,
                        const WhyOptions& options) {
  return Explainer(plan, decisions, options).Explain();
}

}  // namespace cxr
