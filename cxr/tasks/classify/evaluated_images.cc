// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/evaluated_images.h"

#include <algorithm>
#include <utility>

#include "ATen/ops/empty.h"
#include "cxr/base/status_macros.h"
#include "cxr/tasks/features/image_pass.h"

namespace cxr {

absl::StatusOr<EvaluatedImages> Evaluate(
    const Dataset& dataset, const LabelledImages& images,
    absl::Span<const int> places, const spec::PreprocessSpec& preprocess,
    const FeatureExtractor& extractor, const TaskOptions& options,
    absl::FunctionRef<absl::Status(double)> report) {
  std::vector<int> rows;  // of the dataset
  for (const int place : places) {
    rows.push_back(images.selected.rows[static_cast<size_t>(place)]);
  }
  CXR_ASSIGN_OR_RETURN(
      const ImageFeatures pass,
      ExtractFeatures(dataset, rows, preprocess, extractor, options, report));
  EvaluatedImages evaluated;
  std::vector<int> used;  // of `places`
  auto failure = pass.failures.begin();
  for (int i = 0; i < std::ssize(places); ++i) {
    const int place = places[static_cast<size_t>(i)];
    if (failure != pass.failures.end() && failure->image == i) {
      evaluated.failures.push_back({place, failure->status});
      ++failure;
    } else {
      used.push_back(i);
      evaluated.places.push_back(place);
    }
  }
  evaluated.features = FeatureTensor(pass.features, used);
  evaluated.labels = LabelsAt(images, evaluated.places);
  return evaluated;
}

at::Tensor FeatureTensor(const FloatMatrix& all, absl::Span<const int> places) {
  at::Tensor rows = at::empty({std::ssize(places), all.columns}, at::kFloat);
  float* out = rows.mutable_data_ptr<float>();
  for (const int place : places) {
    const float* begin = all.values.data() + place * all.columns;
    out = std::copy(begin, begin + all.columns, out);
  }
  return rows;
}

std::vector<float> LabelsAt(const LabelledImages& images,
                            absl::Span<const int> places) {
  std::vector<float> labels;
  for (const int place : places) {
    const absl::Span<const float> row = images.LabelsOf(place);
    labels.insert(labels.end(), row.begin(), row.end());
  }
  return labels;
}

}  // namespace cxr
