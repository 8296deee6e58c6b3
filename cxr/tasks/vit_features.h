// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_VIT_FEATURES_H_
#define CXR_TASKS_VIT_FEATURES_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/load/normalization.h"
#include "cxr/harness/stage_function.h"
#include "cxr/spec/features.pb.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {

class VitImpl;

// Frozen features of a vision transformer (paper section 4.1): the probe token
// of each of the last layers, earliest first, then the mean patch of the last
// one; every layer through the final norm unless the spec leaves it out. C
// (last_layers + 1) numbers an image.
class VitExtractor {
 public:
  // Builds the backbone of request's experiment and fills its weights. Errors
  // of FillBackbone.
  static absl::StatusOr<VitExtractor> Create(const StageRequest& request,
                                             const TaskOptions& options);

  // (n, F) row-major, of n square images of one size. The gray value stands in
  // all three channels, normalised as the experiment says.
  // Computed by the calling thread alone; safe to call from many threads.
  absl::StatusOr<std::vector<float>> Extract(
      const std::vector<GrayImage>& images) const;

 private:
  VitExtractor(const spec::FeaturesSpec& spec,
               std::shared_ptr<VitImpl> backbone);

  spec::VitFeaturesSpec spec_;
  ChannelStatistics channels_;
  std::shared_ptr<VitImpl> backbone_;
};

}  // namespace cxr

#endif  // CXR_TASKS_VIT_FEATURES_H_
