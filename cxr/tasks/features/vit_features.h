// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_FEATURES_VIT_FEATURES_H_
#define CXR_TASKS_FEATURES_VIT_FEATURES_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "c10/core/Device.h"
#include "cxr/data/image.h"
#include "cxr/data/load/normalization.h"
#include "cxr/harness/stage_function.h"
#include "cxr/spec/features.pb.h"
#include "cxr/tasks/common/artifacts.h"

namespace at {
class Tensor;
}

namespace cxr {

class VitImpl;

// The backbone of an experiment on its device, with what makes of images what
// it takes and of tokens what a probe takes (pooled_tokens.h).
class VitExtractor {
 public:
  // Builds the backbone of request's experiment and fills its weights. Errors
  // of FillBackbone and OpenDevice.
  static absl::StatusOr<VitExtractor> Create(const StageRequest& request,
                                             const TaskOptions& options);

  // (n, F) row-major, of n square images of one size. The gray value stands in
  // all three channels, normalised as the experiment says. On a CPU computed by
  // the calling thread alone; safe to call from many threads.
  absl::StatusOr<std::vector<float>> Extract(
      absl::Span<const GrayImage> images) const;

  // Images as the backbone takes them, (n, 3, H, W) on its device.
  at::Tensor ToBatch(absl::Span<const GrayImage> images) const;

  // (n, F) of such a batch, with gradients if the caller allows them.
  at::Tensor Pool(const at::Tensor& batch) const;

  VitImpl& backbone() const { return *backbone_; }
  c10::Device device() const { return device_; }

 private:
  VitExtractor(const spec::FeaturesSpec& spec,
               std::shared_ptr<VitImpl> backbone, c10::Device device);

  spec::VitFeaturesSpec spec_;
  ChannelStatistics channels_;
  std::shared_ptr<VitImpl> backbone_;
  c10::Device device_;
};

}  // namespace cxr

#endif  // CXR_TASKS_FEATURES_VIT_FEATURES_H_
