// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/plan.h"

#include <utility>

#include "absl/status/status.h"
#include "cxr/base/check.h"
#include "cxr/spec/identity_parts.h"

namespace cxr {
namespace {

// A stage and the stages of the same experiment that it reads.
struct StageShape {
  StageKind kind;
  std::vector<StageKind> reads;
};

// In running order.
std::vector<StageShape> Shapes() {
  using enum StageKind;
  return {{kData, {}},
          {kFeatures, {kData}},
          {kTrain, {kData, kFeatures}},
          {kPredict, {kData, kFeatures, kTrain}},
          {kScore, {kPredict}}};
}

class Planner {
 public:
  explicit Planner(const PlanQueries& queries) : queries_(queries) {}

  void Add(const ResolvedExperiment& experiment) {
    const absl::StatusOr<std::string> files =
        queries_.fingerprint(experiment.spec);
    if (!files.ok()) {
      if (absl::IsUnimplemented(files.status())) {
        plan_.missing[experiment.name] = std::string(files.status().message());
      } else {
        plan_.failed[experiment.name] = files.status();
      }
      return;
    }
    std::map<StageKind, int> own;
    for (const StageShape& shape : Shapes()) {
      own[shape.kind] = AddStage(experiment, shape, *files, own);
      plan_.stages_of[experiment.name].push_back(own[shape.kind]);
    }
  }

  Plan TakePlan() { return std::move(plan_); }

 private:
  int AddStage(const ResolvedExperiment& experiment, const StageShape& shape,
               const std::string& files, const std::map<StageKind, int>& own) {
    PlannedStage stage{.kind = shape.kind};
    stage.identity = {
        .stage = std::string(StageName(shape.kind)),
        .version = queries_.version(shape.kind),
        .parts = IdentityParts(StageSpec(experiment.spec, shape.kind))};
    if (shape.reads.empty()) {
      AddInput("files", files, stage);
    }
    for (const StageKind read : shape.reads) {
      stage.inputs[read] = own.at(read);
      AddInput(StageName(read), plan_.stages[own.at(read)].id, stage);
    }
    stage.id = StageId(stage.identity);
    const auto [known, added] =
        place_of_id_.emplace(stage.id, plan_.stages.size());
    if (added) {
      stage.experiment = experiment;
      plan_.stages.push_back(std::move(stage));
    }
    return known->second;
  }

  static void AddInput(absl::string_view name, const std::string& id,
                       PlannedStage& stage) {
    spec::StageInput& input = stage.identity.inputs.emplace_back();
    input.set_stage(std::string(name));
    input.set_id(id);
  }

  const PlanQueries& queries_;
  Plan plan_;
  std::map<std::string, int> place_of_id_;
};

}  // namespace

absl::string_view StageName(StageKind kind) {
  switch (kind) {
    case StageKind::kData:
      return "data";
    case StageKind::kFeatures:
      return "features";
    case StageKind::kTrain:
      return "train";
    case StageKind::kPredict:
      return "predict";
    case StageKind::kScore:
      return "score";
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(kind);
  return "";
}

spec::ExperimentSpec StageSpec(const spec::ExperimentSpec& experiment,
                               StageKind kind) {
  spec::ExperimentSpec stage;
  switch (kind) {
    case StageKind::kData:
      *stage.mutable_data() = experiment.data();
      return stage;
    case StageKind::kFeatures:
      *stage.mutable_features() = experiment.features();
      if (experiment.features().has_vit()) {
        *stage.mutable_backbone() = experiment.backbone();
      }
      return stage;
    case StageKind::kTrain:
      *stage.mutable_train() = experiment.train();
      return stage;
    case StageKind::kPredict:
      *stage.mutable_predict() = experiment.predict();
      return stage;
    case StageKind::kScore:
      *stage.mutable_score() = experiment.score();
      return stage;
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(kind);
  return stage;
}

Plan BuildPlan(const std::vector<ResolvedExperiment>& experiments,
               const PlanQueries& queries) {
  Planner planner(queries);
  for (const ResolvedExperiment& experiment : experiments) {
    planner.Add(experiment);
  }
  return planner.TakePlan();
}

}  // namespace cxr
