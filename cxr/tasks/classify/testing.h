// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_TESTING_H_
#define CXR_TASKS_CLASSIFY_TESTING_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/base/npy.h"
#include "cxr/data/index/select.h"
#include "cxr/data/source/dataset.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/common/testing.h"

// Classifications so small that tests run them.

namespace cxr {

// A classification so small that a test knows all of it: 31 images of 16
// patients with five features. "Mass" is feature 0 > 5, "Nodule" is feature 1 <
// -3, nobody has "Edema"; feature 4 is 2.5 everywhere. Patients are in three
// folds in turn; in the source's lists, the last six are test and the three
// before them validation patients.
inline constexpr int kToyImages = 31;
inline constexpr int kToyFolds = 3;
inline constexpr int kToyFeatures = 5;
inline constexpr int kToyConstantFeature = 4;

struct ToyClassification {
  // Out of fold, with "Nodule" and "Mass" as targets, in this order.
  ToyClassification();

  // The source's own lists in place of folds.
  void UseLists();

  // Hands index and features to the stage.
  void GiveInputs();

  absl::StatusOr<LabelledImages> Labelled() const;
  absl::StatusOr<StageOutput> Train(int threads = 2) const;
  absl::StatusOr<StageOutput> Predict(int threads = 2) const;

  // Trains, and hands the artifacts on to Predict; the output.
  StageOutput TrainAndHandOn();

  FakeStage stage = {};
  SelectedIndex index = {};
  FloatMatrix features = {};
};

// The bytes of an artifact; empty, and a failure, if it is not there.
std::string ArtifactOf(const StageOutput& output, absl::string_view name);

// A classification of real thumbnails through a tiny backbone, on images that
// vary: the sex of the first patients of the samples, who are shared out to
// lists of training, validation and test images here.
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

#endif  // CXR_TASKS_CLASSIFY_TESTING_H_
