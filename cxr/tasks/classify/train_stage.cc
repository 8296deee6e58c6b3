// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/train_stage.h"

#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/fixed_features.h"
#include "cxr/tasks/classify/epoch_log.h"
#include "cxr/tasks/classify/fine_tune_rounds.h"
#include "cxr/tasks/classify/label_counts.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/classify/probe_rounds.h"
#include "cxr/tasks/common/stage_dataset.h"
#include "cxr/tasks/features/feature_extractor.h"
#include "cxr/tasks/features/image_pass.h"

namespace cxr {
namespace {

absl::StatusOr<std::vector<RoundResult>> TrainOnStoredFeatures(
    const StageRequest& request, const TaskOptions& options,
    LabelledImages* images) {
  CXR_ASSIGN_OR_RETURN(const FloatMatrix features,
                       ReadFeatures(request, images->selected.index));
  CXR_RETURN_IF_ERROR(LeaveOut(UnusableRows(features), images));
  return TrainOnFeatures(request, options, *images, features);
}

absl::StatusOr<std::vector<RoundResult>> TrainThroughBackbone(
    const StageRequest& request, const TaskOptions& options,
    const LabelledImages& images) {
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       OpenStageDataset(request.spec.data(), request, options));
  return request.spec.train().fine_tune().backbone_gradient() == spec::TRAINED
             ? FineTune(request, options, *dataset, images)
             : TrainOnViews(request, options, *dataset, images);
}

}  // namespace

absl::StatusOr<StageOutput> RunTrainStage(const StageRequest& request,
                                          const TaskOptions& options) {
  CXR_ASSIGN_OR_RETURN(LabelledImages images, ReadLabelledImages(request));
  StageOutput output;
  std::vector<RoundResult> rounds;
  if (HasFixedFeatures(request.spec)) {
    CXR_ASSIGN_OR_RETURN(rounds,
                         TrainOnStoredFeatures(request, options, &images));
  } else {
    CXR_ASSIGN_OR_RETURN(rounds,
                         TrainThroughBackbone(request, options, images));
    output.notes.push_back(FeaturesNote(request.spec));
  }
  for (std::string& note : PartNotes(images)) {
    output.notes.push_back(std::move(note));
  }
  std::vector<EpochLine> log;
  for (size_t i = 0; i < rounds.size(); ++i) {
    RoundResult& round = rounds[i];
    std::move(round.files.begin(), round.files.end(),
              std::back_inserter(output.artifacts));
    log.insert(log.end(), round.log.begin(), round.log.end());
    const std::string of =
        rounds.size() > 1 ? absl::StrCat("fold ", i, ": ") : "";
    if (!round.choice.empty()) {
      output.notes.push_back(absl::StrCat(of, round.choice));
    }
    for (const std::string& note : round.notes) {
      output.notes.push_back(absl::StrCat(of, note));
    }
  }
  output.artifacts.push_back(
      {std::string(kLabelCountsFile), ToCsv(CountLabels(images))});
  output.artifacts.push_back({std::string(kEpochsFile), ToCsv(log)});
  return output;
}

}  // namespace cxr
