// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/fixed_features.h"

namespace cxr {

bool HasFixedFeatures(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_segmentation_head() || train.has_report_decoder() ||
      train.has_fine_tune()) {
    return false;
  }
  if (experiment.features().has_vit() &&
      !experiment.features().vit().has_pooled()) {
    return false;
  }
  return !train.has_augmentation() || train.augmentation().has_none();
}

}  // namespace cxr
