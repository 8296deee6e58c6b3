// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/stages.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/dataset.h"
#include "cxr/data/index_csv.h"
#include "cxr/data/make_dataset.h"
#include "cxr/score/classification.h"
#include "cxr/score/predictions.h"
#include "cxr/tasks/artifacts.h"
#include "cxr/tasks/features_stage.h"
#include "cxr/tasks/probe_stages.h"
#include "cxr/tasks/supported.h"

namespace cxr {
namespace {

absl::StatusOr<StageOutput> RunDataStage(const StageRequest& request,
                                         const TaskOptions& options) {
  const spec::DataSpec& data = request.spec.data();
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(data, options.roots));
  CXR_ASSIGN_OR_RETURN(const SelectedIndex selected,
                       Select(dataset->index(), data));
  return StageOutput{
      .artifacts = {{std::string(kIndexFile), ToCsv(selected)}},
      .notes = {absl::StrCat("data ", spec::Source_Name(data.source()))}};
}

absl::StatusOr<StageOutput> RunScoreStage(const StageRequest& request) {
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       request.read(StageKind::kPredict, kPredictionsFile));
  CXR_ASSIGN_OR_RETURN(const Predictions predictions,
                       PredictionsFromCsv(text, kPredictionsFile));
  StageOutput output;
  CXR_ASSIGN_OR_RETURN(output.metrics,
                       ScoreClassification(predictions, request.spec.score()));
  return output;
}

}  // namespace

int StageVersion(StageKind kind) {
  switch (kind) {
    // A line here for every change of numbers:
    case StageKind::kData:
      return 1;
    case StageKind::kFeatures:
      return 1;
    case StageKind::kTrain:
      return 1;
    case StageKind::kPredict:
      return 1;
    case StageKind::kScore:
      return 1;
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(kind);
  return 0;
}

absl::StatusOr<std::string> FingerprintInputs(
    const spec::ExperimentSpec& experiment, const TaskOptions& options) {
  if (!experiment.has_data()) {
    return CheckSupported(experiment);
  }
  CXR_ASSIGN_OR_RETURN(std::string files,
                       FingerprintFiles(experiment.data(), options.roots));
  CXR_RETURN_IF_ERROR(CheckSupported(experiment));
  return files;
}

absl::StatusOr<StageOutput> RunStage(const StageRequest& request,
                                     const TaskOptions& options) {
  switch (request.kind) {
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
