// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/supported.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/spec/fixed_features.h"

namespace cxr {
namespace {

absl::Status NotYet(absl::string_view kind, absl::string_view what) {
  return absl::UnimplementedError(
      absl::StrCat(kind, ": ", what, " is not in this version"));
}

absl::Status CheckFeatures(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  return features.has_vit() && !features.vit().has_pooled()
             ? NotYet("features", "vit.patches")
             : absl::OkStatus();
}

absl::Status CheckTrain(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_segmentation_head()) {
    return NotYet("train", "segmentation");
  }
  if (train.has_report_decoder()) {
    return NotYet("train", "report generation");
  }
  if (train.linear_probe().scaling() == spec::STANDARDIZED &&
      !HasFixedFeatures(experiment)) {
    return NotYet("train", "STANDARDIZED features of images that vary");
  }
  return absl::OkStatus();
}

absl::Status CheckScore(const spec::ScoreSpec& score) {
  return score.has_classification()
             ? absl::OkStatus()
             : NotYet("score", "a task other than classification");
}

}  // namespace

absl::Status CheckSupported(StageKind kind, const spec::ExperimentSpec& stage) {
  switch (kind) {
    case StageKind::kPretrain:
    case StageKind::kData:
      return absl::OkStatus();
    case StageKind::kFeatures:
      return CheckFeatures(stage);
    case StageKind::kTrain: {
      absl::Status status = CheckTrain(stage);
      // Where it runs the backbone itself.
      if (stage.has_features()) {
        status.Update(CheckFeatures(stage));
      }
      return status;
    }
    case StageKind::kPredict:
      return stage.predict().has_decoding()
                 ? NotYet("predict", "report generation")
                 : absl::OkStatus();
    case StageKind::kScore:
      return CheckScore(stage.score());
  }
  CXR_CHECK(false) << "stage kind " << static_cast<int>(kind);
  return absl::OkStatus();
}

}  // namespace cxr
