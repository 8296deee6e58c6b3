// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/stages.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/keep_memory.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/tasks/classify/predict_stage.h"
#include "cxr/tasks/classify/train_stage.h"
#include "cxr/tasks/common/stage_dataset.h"
#include "cxr/tasks/common/weights_file.h"
#include "cxr/tasks/data_stage.h"
#include "cxr/tasks/environment.h"
#include "cxr/tasks/features/features_stage.h"
#include "cxr/tasks/pretrain/pretrain_stage.h"
#include "cxr/tasks/score_stage.h"
#include "cxr/tasks/supported.h"

namespace cxr {

int StageVersion(StageKind kind) {
  switch (kind) {
    // A line here for every change of numbers:
    case StageKind::kPretrain:
      return 1;
    case StageKind::kData:
      // 2: index.csv has the study and the part.
      return 2;
    case StageKind::kFeatures:
      return 1;
    case StageKind::kTrain:
      // 2: an epoch's order is that of a shuffled stream.
      return 2;
    case StageKind::kPredict:
      return 1;
    case StageKind::kScore:
      return 1;
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(kind);
  return 0;
}

absl::StatusOr<std::vector<spec::StageInput>> StageInputs(
    StageKind kind, const spec::ExperimentSpec& stage,
    const TaskOptions& options) {
  std::vector<spec::StageInput> inputs;
  const auto add = [&](std::string name, std::string digest) {
    spec::StageInput& input = inputs.emplace_back();
    input.set_stage(std::move(name));
    input.set_id(std::move(digest));
  };
  // What is not there is the first reason, before how it is used.
  if (kind == StageKind::kData) {
    CXR_ASSIGN_OR_RETURN(const spec::StageInput data,
                         DataInput(stage.data(), options));
    inputs.push_back(data);
  }
  for (const spec::DataSpec& set : stage.pretrain().data()) {
    CXR_ASSIGN_OR_RETURN(const spec::StageInput data, DataInput(set, options));
    add(absl::StrCat(data.stage(), " ", SourceName(set.source())), data.id());
  }
  for (const spec::WeightsSpec* weights : {&stage.pretrain().initial_weights(),
                                           &stage.features().vit().weights()}) {
    CXR_ASSIGN_OR_RETURN(const std::optional<std::string> digest,
                         WeightsDigest(*weights, options));
    if (digest.has_value()) add("weights", *digest);
  }
  CXR_RETURN_IF_ERROR(CheckSupported(kind, stage));
  return inputs;
}

absl::StatusOr<StageOutput> RunStage(const StageRequest& request,
                                     const TaskOptions& options) {
  PrepareLibTorch();
  KeepFreedMemory();  // It is slower where that cannot be had, and works.
  switch (request.kind) {
    case StageKind::kPretrain:
      return RunPretrainStage(request, options);
    case StageKind::kData:
      return RunDataStage(request, options);
    case StageKind::kFeatures:
      return RunFeaturesStage(request, options);
    case StageKind::kTrain:
      return RunTrainStage(request, options);
    case StageKind::kPredict:
      return RunPredictStage(request, options);
    case StageKind::kScore:
      return RunScoreStage(request);
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(request.kind);
  return StageOutput();
}

}  // namespace cxr
