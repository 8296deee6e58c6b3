// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/head_cost.h"

#include <algorithm>

#include "cxr/cost/vit_cost.h"

namespace cxr {
namespace {

// Background, left lung, right lung, heart.
constexpr int kSegmentationClasses = 4;

// Inputs of a probe on `layers` last layers.
int64_t ProbeInputs(const spec::ExperimentSpec& experiment, int layers) {
  if (experiment.features().has_pixels()) {
    const int64_t side = experiment.features().preprocess().input_size_pixels();
    return side * side;
  }
  return int64_t{experiment.backbone().width()} * (layers + 1);
}

// Inputs of the head that is kept.
int64_t KeptInputs(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (!train.has_probe_sweep()) {
    return KeptFeatures(experiment);
  }
  int64_t widest = 0;
  for (const int layers : train.probe_sweep().last_layers()) {
    widest = std::max(widest, ProbeInputs(experiment, layers));
  }
  return widest;
}

double SegmentationForward(const spec::ExperimentSpec& experiment) {
  const int64_t patches =
      PatchesOf(experiment.backbone(),
                experiment.features().preprocess().input_size_pixels());
  return double{kSegmentationClasses} * experiment.backbone().width() * patches;
}

}  // namespace

int64_t KeptFeatures(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  return features.has_pixels() || features.vit().has_pooled()
             ? ProbeInputs(experiment, features.vit().pooled().last_layers())
             : 0;
}

double TrainedHeadForward(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (!train.has_probe_sweep()) {
    return KeptHeadForward(experiment);
  }
  double inputs = 0;
  for (const int layers : train.probe_sweep().last_layers()) {
    inputs += ProbeInputs(experiment, layers);
  }
  return inputs * train.probe_sweep().learning_rates_size() *
         train.targets_size();
}

double KeptHeadForward(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_segmentation_head()) {
    return SegmentationForward(experiment);
  }
  return double{1} * KeptInputs(experiment) * train.targets_size();
}

int64_t KeptHeadParameters(const spec::ExperimentSpec& experiment) {
  const spec::TrainSpec& train = experiment.train();
  if (train.has_segmentation_head()) {
    return kSegmentationClasses * (int64_t{experiment.backbone().width()} + 1);
  }
  return train.targets_size() * (KeptInputs(experiment) + 1);
}

}  // namespace cxr
