// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/supported.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

absl::Status NotYet(absl::string_view kind, absl::string_view what) {
  return absl::UnimplementedError(
      absl::StrCat(kind, ": ", what, " is not in this version"));
}

absl::Status CheckWeights(const spec::WeightsSpec& weights) {
  switch (weights.origin_case()) {
    case spec::WeightsSpec::kPretrained:
      return absl::UnimplementedError(
          absl::StrCat("weights: ", weights.pretrained().experiment(),
                       " has not been run; this version does not pretrain"));
    case spec::WeightsSpec::kOwnPretraining:
      return NotYet("pretrain", "pretraining");
    case spec::WeightsSpec::kFile:
      return absl::UnimplementedError(absl::StrCat(
          "weights: ", weights.file().file(), " of ",
          weights.file().where_to_get(), "; this version reads no such file"));
    default:
      return absl::OkStatus();
  }
}

absl::Status CheckFeatures(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  if (!features.has_vit()) {
    return absl::OkStatus();
  }
  const spec::VitFeaturesSpec& vit = features.vit();
  const absl::Status weights = CheckWeights(vit.weights());
  if (!weights.ok()) {
    return weights;
  }
  if (experiment.backbone().layout() != spec::DINOV2) {
    return NotYet(
        "features",
        absl::StrCat("the layout ",
                     spec::VitLayout_Name(experiment.backbone().layout())));
  }
  if (!vit.has_pooled()) {
    return NotYet("features", "vit.patches");
  }
  if (vit.registers() == spec::UNTRAINED_AS_RELEASED) {
    return NotYet("features", spec::RegisterUse_Name(vit.registers()));
  }
  if (vit.pooled().norm() != spec::FINAL_NORM) {
    return NotYet("features", spec::TokenNorm_Name(vit.pooled().norm()));
  }
  return absl::OkStatus();
}

absl::Status CheckTrain(const spec::TrainSpec& train) {
  if (train.has_segmentation_head()) {
    return NotYet("train", "segmentation");
  }
  if (train.has_report_decoder()) {
    return NotYet("train", "report generation");
  }
  if (train.has_fine_tune()) {
    return NotYet("train", "fine-tuning");
  }
  if (!train.has_linear_probe()) {
    return NotYet("train", "the sweep of probes");
  }
  if (!train.has_patient_folds()) {
    return NotYet("train", "an official split");
  }
  if (train.label_policy() != spec::COMPLETE_LABELS) {
    return NotYet("train",
                  absl::StrCat("the label policy ",
                               spec::LabelPolicy_Name(train.label_policy())));
  }
  if (!train.augmentation().has_none()) {
    return NotYet("train", "augmentation of training images");
  }
  if (!train.has_last_epoch()) {
    return NotYet("train", "choosing the best epoch");
  }
  if (train.linear_probe().optimizer().max_gradient_norm() > 0) {
    return NotYet("train", "max_gradient_norm");
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
      return NotYet("pretrain", "pretraining");
    case StageKind::kData:
      return absl::OkStatus();
    case StageKind::kFeatures:
      return CheckFeatures(stage);
    case StageKind::kTrain: {
      absl::Status status = CheckTrain(stage.train());
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
