// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/stage.h"

#include "cxr/base/check.h"
#include "cxr/spec/fixed_features.h"

namespace cxr {
namespace {

std::string PretrainingOf(const spec::WeightsSpec& weights,
                          absl::string_view own_name) {
  if (weights.has_pretrained()) {
    return weights.pretrained().experiment();
  }
  return weights.has_own_pretraining() ? std::string(own_name) : "";
}

}  // namespace

std::vector<StageKind> AllStageKinds() {
  using enum StageKind;
  return {kPretrain, kData, kFeatures, kTrain, kPredict, kScore};
}

absl::string_view StageName(StageKind kind) {
  switch (kind) {
    case StageKind::kPretrain:
      return "pretrain";
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

std::optional<StageKind> StageKindOf(absl::string_view name) {
  for (const StageKind kind : AllStageKinds()) {
    if (StageName(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

std::vector<StageShape> ShapesOf(const spec::ExperimentSpec& experiment,
                                 absl::string_view name) {
  using enum StageKind;
  std::vector<StageShape> shapes;
  if (experiment.has_pretrain()) {
    shapes.push_back({.kind = kPretrain,
                      .pretraining = PretrainingOf(
                          experiment.pretrain().initial_weights(), name)});
  }
  if (!experiment.has_data()) {
    return shapes;
  }
  const std::string pretraining =
      PretrainingOf(experiment.features().vit().weights(), name);
  shapes.push_back({.kind = kData});
  if (HasFixedFeatures(experiment)) {
    shapes.push_back(
        {.kind = kFeatures, .reads = {kData}, .pretraining = pretraining});
    shapes.push_back({.kind = kTrain, .reads = {kData, kFeatures}});
    shapes.push_back({.kind = kPredict, .reads = {kData, kFeatures, kTrain}});
  } else {
    shapes.push_back(
        {.kind = kTrain, .reads = {kData}, .pretraining = pretraining});
    shapes.push_back({.kind = kPredict,
                      .reads = {kData, kTrain},
                      .pretraining = pretraining});
  }
  // Who is in which group stands in the index.
  if (experiment.score().has_subgroups()) {
    shapes.push_back({.kind = kScore, .reads = {kData, kPredict}});
  } else {
    shapes.push_back({.kind = kScore, .reads = {kPredict}});
  }
  return shapes;
}

spec::ExperimentSpec StageSpec(const spec::ExperimentSpec& experiment,
                               StageKind kind) {
  spec::ExperimentSpec stage;
  const auto add_features = [&] {
    *stage.mutable_features() = experiment.features();
    if (experiment.features().has_vit()) {
      *stage.mutable_backbone() = experiment.backbone();
    }
  };
  switch (kind) {
    case StageKind::kPretrain:
      *stage.mutable_backbone() = experiment.backbone();
      *stage.mutable_pretrain() = experiment.pretrain();
      return stage;
    case StageKind::kData:
      *stage.mutable_data() = experiment.data();
      return stage;
    case StageKind::kFeatures:
      add_features();
      return stage;
    case StageKind::kTrain:
      *stage.mutable_train() = experiment.train();
      if (!HasFixedFeatures(experiment)) {
        add_features();
      }
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

}  // namespace cxr
