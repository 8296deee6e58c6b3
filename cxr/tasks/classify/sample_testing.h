// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_SAMPLE_TESTING_H_
#define CXR_TASKS_CLASSIFY_SAMPLE_TESTING_H_

#include <memory>

#include "absl/status/statusor.h"
#include "cxr/data/source/dataset.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/common/testing.h"

// A classification of real thumbnails through a tiny backbone, on images that
// vary: the sex of the first patients of the samples, who are shared out to
// lists of training, validation and test images here.

namespace cxr {

struct SampleClassification {
  SampleClassification();

  absl::StatusOr<StageOutput> Train() const;
  absl::StatusOr<StageOutput> Predict() const;

  FakeStage stage = {};
  TaskOptions options = {};
  std::unique_ptr<Dataset> dataset = {};
  LabelledImages images = {};
};

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_SAMPLE_TESTING_H_
