// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_STAGE_COST_H_
#define CXR_COST_STAGE_COST_H_

#include <cstdint>
#include <string>

#include "cxr/spec/experiment.pb.h"

// What each stage of a complete experiment costs before it runs, for `cxr
// plan`. A stage that the experiment does not have costs nothing.
//
//   const CostEstimate train = TrainCost(experiment);
//   train.flops / flops_per_second_of_the_machine;  // seconds at best
//
// Numbers of images are those of source_size.h, FLOPs those of ledger.h.
//
// Features are fixed if no random change of the images and no gradient reaches
// them: without augmentation, fine-tuning, segmentation and reports. Then the
// features stage computes them once and keeps them, and the later stages read
// no image. Else there is no features stage: train and predict run the backbone
// on every image they read.

namespace cxr {

struct CostEstimate {
  double flops = 0;
  int64_t images = 0;      // Times that an image is read and decoded.
  int64_t disk_bytes = 0;  // Written to the store.
  // What the numbers leave out, in words; empty if nothing of weight.
  std::string not_counted = {};
};

// Disk: the checkpoints that are kept to resume from, and the teacher of every
// look at it and of the end.
CostEstimate PretrainCost(const spec::ExperimentSpec& experiment);

// Disk: a line of about 100 bytes an image.
CostEstimate DataCost(const spec::ExperimentSpec& experiment);

// All images once; disk: float32 features. Nothing if features are not fixed.
CostEstimate FeaturesCost(const spec::ExperimentSpec& experiment);

// Every epoch reads the training images and, where an epoch is chosen by them,
// the validation images; a sweep reads its own number of batches. A trained
// image costs three forward passes of the head (of each head of a sweep) and
// one of the backbone, three (see Backward) where gradients reach that. With
// patient folds five heads learn from four fifths of the images each. Disk: the
// heads, and the backbone where it has changed.
CostEstimate TrainCost(const spec::ExperimentSpec& experiment);

// The test images, or all images out of fold, once. Disk: a row of a table, a
// mask of two bits a pixel or a report an image.
CostEstimate PredictCost(const spec::ExperimentSpec& experiment);

// Next to nothing: no FLOPs, a record of some kB.
CostEstimate ScoreCost(const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_COST_STAGE_COST_H_
