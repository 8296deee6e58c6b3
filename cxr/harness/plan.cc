// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/plan.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/str_cat.h"
#include "cxr/spec/identity_parts.h"

namespace cxr {
namespace {

// Stands for the digest of what is not there.
constexpr absl::string_view kNotThere = "not there";

class Planner {
 public:
  explicit Planner(const PlanQueries& queries) : queries_(queries) {}

  Plan Build(std::vector<ResolvedExperiment> experiments) {
    plan_.experiments = std::move(experiments);
    const int asked_for = static_cast<int>(plan_.experiments.size());
    for (int i = 0; i < asked_for; ++i) {
      place_of_experiment_.emplace(Experiment(i).name, i);
    }
    for (int i = 0; i < asked_for; ++i) {
      std::vector<int>& own = plan_.stages_of[Experiment(i).name];
      own.clear();
      for (const auto& [kind, place] : AddExperiment(i)) {
        own.push_back(place);
      }
    }
    return std::move(plan_);
  }

 private:
  // What a sub-spec alone says of its stage.
  struct SubSpec {
    std::string fields = {};
    std::vector<spec::StageInput> inputs = {};
    absl::Status available = absl::OkStatus();
  };

  const ResolvedExperiment& Experiment(int place) const {
    return plan_.experiments[static_cast<size_t>(place)];
  }

  // Its own stages, by kind.
  std::map<StageKind, int> AddExperiment(int experiment) {
    std::map<StageKind, int> own;
    for (const StageShape& shape :
         ShapesOf(Experiment(experiment).spec, Experiment(experiment).name)) {
      own[shape.kind] = AddStage(experiment, shape, own);
    }
    return own;
  }

  int AddStage(int experiment, const StageShape& shape,
               const std::map<StageKind, int>& own) {
    const SubSpec& sub_spec = FindSubSpec(experiment, shape.kind);
    PlannedStage stage{.kind = shape.kind,
                       .version = queries_.version(shape.kind),
                       .inputs = sub_spec.inputs,
                       .available = sub_spec.available};
    for (const StageKind read : shape.reads) {
      AddRead(read, own.at(read), stage);
    }
    if (!shape.pretraining.empty()) {
      AddPretraining(experiment, shape, own, stage);
    }
    stage.id = StageId({.stage = StageName(shape.kind),
                        .version = stage.version,
                        .fields = sub_spec.fields,
                        .inputs = stage.inputs});
    const auto [known, added] =
        place_of_id_.emplace(stage.id, static_cast<int>(plan_.stages.size()));
    if (added) {
      plan_.stages.push_back(std::move(stage));
    }
    std::vector<int>& experiments =
        plan_.stages[static_cast<size_t>(known->second)].experiments;
    if (experiments.empty() || experiments.back() != experiment) {
      experiments.push_back(experiment);
    }
    return known->second;
  }

  void AddRead(StageKind kind, int place, PlannedStage& stage) {
    const PlannedStage& read = plan_.At(place);
    stage.reads[kind] = place;
    stage.inputs.push_back(Input(StageName(kind), read.id));
    // Its own reason before those of what it reads.
    stage.available.Update(read.available);
  }

  void AddPretraining(int experiment, const StageShape& shape,
                      const std::map<StageKind, int>& own,
                      PlannedStage& stage) {
    const auto it = own.find(StageKind::kPretrain);
    const bool is_own = shape.pretraining == Experiment(experiment).name;
    const absl::StatusOr<int> place = is_own && it != own.end()
                                          ? it->second
                                          : PretrainingOf(shape.pretraining);
    if (place.ok()) {
      AddRead(StageKind::kPretrain, *place, stage);
    } else {
      stage.inputs.push_back(
          Input(StageName(StageKind::kPretrain), std::string(kNotThere)));
      stage.available.Update(place.status());
    }
  }

  // The place of the pretrain stage of the experiment `name`.
  absl::StatusOr<int> PretrainingOf(const std::string& name) {
    const auto known = pretraining_of_.find(name);
    if (known != pretraining_of_.end()) {
      return known->second;
    }
    // Stands while it is looked for, so that circles end.
    pretraining_of_.emplace(
        name, absl::InvalidArgumentError(
                  absl::StrCat(name, ": starts from itself, through others")));
    const absl::StatusOr<int> place = AddPretrainingOf(name);
    pretraining_of_.insert_or_assign(name, place);
    return place;
  }

  absl::StatusOr<int> AddPretrainingOf(const std::string& name) {
    auto it = place_of_experiment_.find(name);
    if (it == place_of_experiment_.end()) {
      absl::StatusOr<ResolvedExperiment> resolved = queries_.upstream(name);
      if (!resolved.ok()) {
        return resolved.status();
      }
      it = place_of_experiment_
               .emplace(name, static_cast<int>(plan_.experiments.size()))
               .first;
      plan_.experiments.push_back(*std::move(resolved));
    }
    const int experiment = it->second;
    for (const StageShape& shape :
         ShapesOf(Experiment(experiment).spec, Experiment(experiment).name)) {
      if (shape.kind == StageKind::kPretrain) {
        return AddStage(experiment, shape, {});
      }
    }
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": has no pretrain stage"));
  }

  // Equal sub-specs are looked at once.
  const SubSpec& FindSubSpec(int experiment, StageKind kind) {
    const spec::ExperimentSpec own =
        StageSpec(Experiment(experiment).spec, kind);
    const auto [it, added] =
        sub_specs_.try_emplace(std::make_pair(kind, own.SerializeAsString()));
    if (added) {
      it->second.fields = texts_.TextOf(own);
      absl::StatusOr<std::vector<spec::StageInput>> inputs =
          queries_.inputs(kind, own);
      it->second.available = inputs.status();
      it->second.inputs = inputs.ok() ? *std::move(inputs)
                                      : std::vector<spec::StageInput>{Input(
                                            "files", std::string(kNotThere))};
    }
    return it->second;
  }

  static spec::StageInput Input(absl::string_view name, const std::string& id) {
    spec::StageInput input;
    input.set_stage(std::string(name));
    input.set_id(id);
    return input;
  }

  const PlanQueries& queries_;
  Plan plan_;
  IdentityTexts texts_;
  absl::flat_hash_map<std::string, int> place_of_id_;
  absl::flat_hash_map<std::string, int> place_of_experiment_;
  std::map<std::string, absl::StatusOr<int>> pretraining_of_;
  // Its nodes stay where they are.
  absl::node_hash_map<std::pair<StageKind, std::string>, SubSpec> sub_specs_;
};

}  // namespace

std::vector<std::string> Plan::NamesOf(const PlannedStage& stage) const {
  std::vector<std::string> names;
  for (const int experiment : stage.experiments) {
    names.push_back(experiments[static_cast<size_t>(experiment)].name);
  }
  return names;
}

std::vector<spec::IdentityPart> Plan::PartsOf(const PlannedStage& stage) const {
  return IdentityParts(StageSpec(ExperimentOf(stage).spec, stage.kind));
}

absl::Status AvailabilityOf(const Plan& plan, absl::string_view experiment) {
  const auto it = plan.stages_of.find(std::string(experiment));
  if (it != plan.stages_of.end()) {
    for (const int place : it->second) {
      if (!plan.At(place).available.ok()) {
        return plan.At(place).available;
      }
    }
  }
  return absl::OkStatus();
}

Plan BuildPlan(std::vector<ResolvedExperiment> experiments,
               const PlanQueries& queries) {
  return Planner(queries).Build(std::move(experiments));
}

}  // namespace cxr
