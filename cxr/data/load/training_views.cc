// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/training_views.h"

#include <utility>

#include "cxr/base/status_macros.h"
#include "cxr/data/load/preprocess.h"

namespace cxr {

absl::StatusOr<TrainingViews> TrainingViews::Create(
    const spec::ExperimentSpec& experiment) {
  TrainingViews views;
  if (experiment.has_pretrain()) {
    views.equalization_ = experiment.pretrain().equalization();
    CXR_ASSIGN_OR_RETURN(MultiCrop crops,
                         MultiCrop::Create(experiment.pretrain().crops()));
    views.crops_.emplace(std::move(crops));
    return views;
  }
  views.preprocess_ = experiment.features().preprocess();
  views.equalization_ = views.preprocess_.equalization();
  const spec::AugmentationSpec& augmentation =
      experiment.train().augmentation();
  if (augmentation.has_pipeline()) {
    views.whole_ = augmentation.pipeline().has_crop();
    CXR_ASSIGN_OR_RETURN(
        Augmentation made,
        Augmentation::Create(
            augmentation.pipeline(),
            {.size_pixels = views.preprocess_.input_size_pixels(),
             .resampling = views.preprocess_.resampling()}));
    views.augmentation_.emplace(std::move(made));
  }
  return views;
}

int TrainingViews::views() const {
  return crops_.has_value() ? crops_->views() : 1;
}

absl::StatusOr<std::vector<TrainingView>> TrainingViews::Make(
    const GrayImage& image, const SampleKey& key) const {
  CXR_RETURN_IF_ERROR(CheckShape(image));
  if (!crops_.has_value()) {
    return MakeOne(image, key);
  }
  std::vector<GrayImage> crops =
      crops_->Make(Equalize(image, equalization_), key);
  std::vector<TrainingView> made;
  SampleKey view = key;
  for (view.view = 0; view.view < crops_->views(); ++view.view) {
    made.push_back(
        {.image = std::move(crops[view.view]),
         .drawn = ToString(crops_->Draw(view, image.width, image.height))});
  }
  return made;
}

absl::StatusOr<std::vector<TrainingView>> TrainingViews::MakeOne(
    const GrayImage& image, const SampleKey& key) const {
  std::vector<TrainingView> made(1);
  if (!whole_) {
    CXR_ASSIGN_OR_RETURN(made[0].image, Preprocess(image, preprocess_));
  } else {
    made[0].image = Equalize(image, equalization_);
  }
  if (augmentation_.has_value()) {
    const DrawnAugmentation drawn =
        augmentation_->Draw(key, made[0].image.width, made[0].image.height);
    made[0].image = augmentation_->Apply(made[0].image, drawn);
    made[0].drawn = ToString(drawn);
  }
  return made;
}

}  // namespace cxr
