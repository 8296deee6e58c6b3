// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_ARTIFACTS_H_
#define CXR_TASKS_COMMON_ARTIFACTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/base/npy.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/harness/stage_function.h"

// What stages hand to each other, and what all of them are given.

namespace cxr {

struct TaskOptions {
  DataRoots roots = {};
  // Worker threads, at least 1. Results do not depend on it.
  int threads = 1;
  // Images a backbone takes at once.
  int feature_batch_images = 50;
  // The folder of files of weights that others publish; empty: there is none.
  std::string weights_root = {};
  // The folder that holds experiments/, and files of weights that come with it.
  std::string program_root = {};
  // What stages that compute on a device are to use, as OpenDevice takes it.
  std::string device = "cpu";
  // What the deployment states that one device sustains; none if it does not.
  std::optional<double> device_flops_per_second = {};
};

// The pretrain stage's teacher, the data stage's index, the features stage's
// (images, features) matrix in the order of the index, the predict stage's
// table of logits.
inline constexpr absl::string_view kTeacherFile = "teacher.safetensors";
inline constexpr absl::string_view kIndexFile = "index.csv";
inline constexpr absl::string_view kFeaturesFile = "features.npy";
inline constexpr absl::string_view kPredictionsFile = "predictions.csv";
// Images that cannot be used, with the reason, of any stage that looks at them;
// there if there are any.
inline constexpr absl::string_view kUnusableFile = "unusable.csv";
// Of the train stage: labels by part and target, and what each epoch gave.
inline constexpr absl::string_view kLabelCountsFile = "labels.csv";
inline constexpr absl::string_view kEpochsFile = "epochs.csv";

// The pretrain stage's teacher on the way, after `steps` steps.
std::string TeacherFileAt(int64_t steps);

// The train stage's head number `fold`, an (L + 2, F + 1) matrix for F features
// and L targets: L rows of weights, each with its bias last; then the mean and
// the inverse standard deviation that features are scaled by, each with a 0
// last.
std::string HeadFile(int fold);

// The backbone that was trained together with that head, in the names of Meta's
// checkpoints.
std::string BackboneFile(int fold);

absl::StatusOr<SelectedIndex> ReadIndex(const StageRequest& request);

// DataLoss if there is not one row an image of `index`.
absl::StatusOr<FloatMatrix> ReadFeatures(const StageRequest& request,
                                         const ImageIndex& index);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_ARTIFACTS_H_
