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

absl::Status CheckPretrain(const spec::PretrainSpec& pretrain) {
  if (pretrain.precision() != spec::FLOAT32_TRAINING &&
      pretrain.precision() != spec::BFLOAT16_TRAINING) {
    return NotYet("pretrain",
                  spec::TrainingPrecision_Name(pretrain.precision()));
  }
  if (pretrain.drop_path() > 0) return NotYet("pretrain", "drop_path");
  const spec::ResumeSpec& resume = pretrain.resume();
  if (resume.schedules() != spec::SCHEDULES_CONTINUE) {
    return NotYet("pretrain", spec::ResumedSchedules_Name(resume.schedules()));
  }
  if (resume.sampler() != spec::SAMPLER_CONTINUES) {
    return NotYet("pretrain", spec::ResumedSampler_Name(resume.sampler()));
  }
  return absl::OkStatus();
}

absl::Status CheckFeatures(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  if (!features.has_vit()) {
    return absl::OkStatus();
  }
  const spec::VitFeaturesSpec& vit = features.vit();
  if (!vit.has_pooled()) {
    return NotYet("features", "vit.patches");
  }
  if (vit.registers() == spec::UNTRAINED_AS_RELEASED) {
    return NotYet("features", spec::RegisterUse_Name(vit.registers()));
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
      return CheckPretrain(stage.pretrain());
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
