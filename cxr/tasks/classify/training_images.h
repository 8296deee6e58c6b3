// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_TRAINING_IMAGES_H_
#define CXR_TASKS_CLASSIFY_TRAINING_IMAGES_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/load/loader.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/tasks/classify/batch_order.h"
#include "cxr/tasks/classify/labelled_images.h"

namespace cxr {

// An image as a step of training sees it.
struct TrainingImage {
  GrayImage view = {};
  int image = 0;  // its place in the index
};

// The images of a step, and their places.
struct TrainingBatch {
  std::vector<GrayImage> views = {};
  std::vector<int> places = {};
};
TrainingBatch TakeApart(std::vector<TrainingImage> images);

using TrainingImageLoader = Loader<TrainingImage>;

// The training images of `round`, changed at random as `experiment` says, a
// batch for each of the steps first_step ... of `order`. What a step sees is a
// function of the step, whatever the number of threads and the step it began
// with. An image that cannot be used gets another one in its place, with that
// one's labels; more than kMostUnusable of them (features/image_pass.h), and
// more than one, end the stream with DataLoss.
//
// The arguments by reference are to outlive the result. Errors of
// TrainingViews::Create.
absl::StatusOr<std::unique_ptr<TrainingImageLoader>> LoadTrainingImages(
    const spec::ExperimentSpec& experiment, const Dataset& dataset,
    const LabelledImages& images, const Split& round, const BatchOrder& order,
    int64_t first_step, int threads);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_TRAINING_IMAGES_H_
