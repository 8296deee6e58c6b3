// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_FEATURES_FEATURE_EXTRACTOR_H_
#define CXR_TASKS_FEATURES_FEATURE_EXTRACTOR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/data/image.h"
#include "cxr/harness/stage_function.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/features/vit_features.h"

namespace cxr {

// What makes features of images: the experiment's frozen backbone, or nothing
// but the pixels.
class FeatureExtractor {
 public:
  // Errors of VitExtractor::Create.
  static absl::StatusOr<FeatureExtractor> Create(const StageRequest& request,
                                                 const TaskOptions& options);

  // (n, F) row-major, of n square images of one size, as the evaluation
  // transform makes them. OutOfRange if a number is not finite. Safe to call
  // from many threads.
  absl::StatusOr<std::vector<float>> Extract(
      absl::Span<const GrayImage> images) const;

  // The backbone; null for pixels.
  const VitExtractor* vit() const { return vit_ ? &*vit_ : nullptr; }

 private:
  FeatureExtractor() = default;

  std::optional<VitExtractor> vit_;
};

// F: the numbers that such an extractor makes of an image.
int64_t FeatureCount(const spec::ExperimentSpec& experiment);

// What a reader of a number must know of where its features come from.
std::string FeaturesNote(const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_TASKS_FEATURES_FEATURE_EXTRACTOR_H_
