// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_FEATURES_IMAGE_PASS_H_
#define CXR_TASKS_FEATURES_IMAGE_PASS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/base/npy.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/load/failure_log.h"
#include "cxr/data/source/dataset.h"
#include "cxr/harness/stage_function.h"
#include "cxr/spec/features.pb.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/features/feature_extractor.h"

// One look at each of some images, as in evaluation.

namespace cxr {

// Features of images in an order. The row of an image that cannot be used
// (IsImageFailure) is NaN throughout.
struct ImageFeatures {
  FloatMatrix features = {};  // (n, F)
  // In the order of the rows; `image` is the place of the row.
  std::vector<ImageFailure> failures = {};
};

// More than this part of the images must not fail, one of them apart: then it
// is not some files that are damaged.
inline constexpr double kMostUnusable = 0.01;
int64_t MostUnusable(int64_t images);

// Features of the images of `dataset` at `rows`, by the experiment's evaluation
// transform. Work is cut into batches of fixed bounds, each computed by one
// thread, so that the number of threads changes no bit. Errors of the
// extractor, of `report` (told the part that is done) and of files; DataLoss if
// more than kMostUnusable of the images, and more than one, cannot be used.
absl::StatusOr<ImageFeatures> ExtractFeatures(
    const Dataset& dataset, absl::Span<const int> rows,
    const spec::PreprocessSpec& preprocess, const FeatureExtractor& extractor,
    const TaskOptions& options, absl::FunctionRef<absl::Status(double)> report);

// "2 of 1,000 images cannot be used: ID: reason (and 1 more)"; empty if there
// are no failures.
std::string FailuresNote(absl::Span<const ImageFailure> failures,
                         int64_t images);

// The file of failures whose `image` is a place of `index`: id,reason.
std::string UnusableCsv(absl::Span<const ImageFailure> failures,
                        const ImageIndex& index);

// Places of the rows that are NaN, ascending.
std::vector<int> UnusableRows(const FloatMatrix& features);

}  // namespace cxr

#endif  // CXR_TASKS_FEATURES_IMAGE_PASS_H_
