// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_EVALUATED_IMAGES_H_
#define CXR_TASKS_CLASSIFY_EVALUATED_IMAGES_H_

#include <string>
#include <vector>

#include "ATen/core/Tensor.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/base/npy.h"
#include "cxr/data/load/failure_log.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/features.pb.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/features/feature_extractor.h"

// Images that a head is asked about, through the backbone at that moment.

namespace cxr {

struct EvaluatedImages {
  std::vector<int> places = {};    // of the index, those that can be used
  at::Tensor features;             // (n, F)
  std::vector<float> labels = {};  // (n, L)
  // Of the others; `image` is the place in the index.
  std::vector<ImageFailure> failures = {};
};

// The images at `places`. Errors as ExtractFeatures (features/image_pass.h).
absl::StatusOr<EvaluatedImages> Evaluate(
    const Dataset& dataset, const LabelledImages& images,
    absl::Span<const int> places, const spec::PreprocessSpec& preprocess,
    const FeatureExtractor& extractor, const TaskOptions& options,
    absl::FunctionRef<absl::Status(double)> report);

// (n, F): the rows of `all` at `places`.
at::Tensor FeatureTensor(const FloatMatrix& all, absl::Span<const int> places);

// (n, L) row-major.
std::vector<float> LabelsAt(const LabelledImages& images,
                            absl::Span<const int> places);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_EVALUATED_IMAGES_H_
