// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_PROBE_FEED_H_
#define CXR_TASKS_CLASSIFY_PROBE_FEED_H_

#include <cstdint>
#include <memory>

#include "ATen/core/Tensor.h"
#include "absl/status/statusor.h"
#include "cxr/tasks/classify/batch_order.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/classify/training_images.h"
#include "cxr/tasks/features/feature_extractor.h"

// What a frozen backbone gives the steps of its heads.

namespace cxr {

// float32 on the CPU.
struct ProbeBatch {
  at::Tensor features;  // (n, F)
  at::Tensor labels;    // (n, L); NaN = left out
};

// The batches of one step after another.
class ProbeFeed {
 public:
  virtual ~ProbeFeed() = default;
  virtual absl::StatusOr<ProbeBatch> Next() = 0;
};

// Rows of features that are computed once.
class FixedFeed : public ProbeFeed {
 public:
  // `order` is kept by reference.
  FixedFeed(ProbeBatch all, const BatchOrder& order)
      : all_(std::move(all)), order_(order) {}

  absl::StatusOr<ProbeBatch> Next() override;

 private:
  const ProbeBatch all_;
  const BatchOrder& order_;
  int64_t step_ = 0;
};

// Features of images that look different every time. On a CPU a batch is
// computed in pieces of fixed bounds by `threads` threads, each by one, so that
// their number changes no bit.
class ViewFeed : public ProbeFeed {
 public:
  // All but the loader are kept by reference.
  ViewFeed(std::unique_ptr<TrainingImageLoader> loader,
           const LabelledImages& images, const FeatureExtractor& extractor,
           int threads)
      : loader_(std::move(loader)),
        images_(images),
        extractor_(extractor),
        threads_(threads) {}

  absl::StatusOr<ProbeBatch> Next() override;

  const FailureLog& failures() const { return loader_->failures(); }

 private:
  const std::unique_ptr<TrainingImageLoader> loader_;
  const LabelledImages& images_;
  const FeatureExtractor& extractor_;
  const int threads_;
};

// (n, L): the labels of the images at `places`.
at::Tensor LabelTensor(const LabelledImages& images,
                       absl::Span<const int> places);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_PROBE_FEED_H_
