// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/features_stage.h"

#include <memory>
#include <string>
#include <utility>

#include "cxr/base/status_macros.h"
#include "cxr/data/source/dataset.h"
#include "cxr/tasks/common/stage_dataset.h"
#include "cxr/tasks/features/feature_extractor.h"
#include "cxr/tasks/features/image_pass.h"

namespace cxr {

absl::StatusOr<StageOutput> RunFeaturesStage(const StageRequest& request,
                                             const TaskOptions& options) {
  CXR_ASSIGN_OR_RETURN(const SelectedIndex selected, ReadIndex(request));
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       OpenStageDataset(request.spec.data(), request, options));
  CXR_ASSIGN_OR_RETURN(const FeatureExtractor extractor,
                       FeatureExtractor::Create(request, options));
  CXR_ASSIGN_OR_RETURN(
      const ImageFeatures pass,
      ExtractFeatures(*dataset, selected.rows,
                      request.spec.features().preprocess(), extractor, options,
                      request.report_progress));
  StageOutput output = {
      .artifacts = {{std::string(kFeaturesFile), ToNpy(pass.features)}},
      .notes = {FeaturesNote(request.spec)}};
  if (!pass.failures.empty()) {
    output.artifacts.push_back({std::string(kUnusableFile),
                                UnusableCsv(pass.failures, selected.index)});
    output.notes.push_back(
        FailuresNote(pass.failures, std::ssize(selected.rows)));
  }
  return output;
}

}  // namespace cxr
