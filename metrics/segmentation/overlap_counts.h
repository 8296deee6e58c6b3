// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_OVERLAP_COUNTS_H_
#define METRICS_SEGMENTATION_OVERLAP_COUNTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// Pixels of one class of one image, or of many images together.
struct ClassCounts {
  int64_t intersection = 0;  // predicted and true
  int64_t predicted = 0;
  int64_t truth = 0;

  bool operator==(const ClassCounts&) const = default;
};

// All a Dice or IoU needs to know of an image: counts per class, class 0 first
// (the background, where there is one). Every function below reads its input
// once and keeps no copy of it.
using OverlapCounts = std::vector<ClassCounts>;

// Of two label maps, one class 0..classes-1 a pixel, in the same order.
//
// InvalidArgument if `classes` is not 1 to 256, if the sizes differ, if there
// is no pixel or a label is not below `classes`; the text names the pixel.
absl::StatusOr<OverlapCounts> CountLabels(absl::Span<const uint8_t> predicted,
                                          absl::Span<const uint8_t> truth,
                                          int classes);

// Of logits, class-major (C, H, W) as a network writes them, and a label map
// (H, W). The predicted class is the largest logit, the first one of equals,
// as torch.argmax has it.
//
// Code that takes the argmax of a float32 softmax can differ where two logits
// lie within some 1e-7 of each other: the softmax makes them equal.
//
// InvalidArgument as above, if the number of logits is not classes x pixels, or
// if a logit is NaN.
absl::StatusOr<OverlapCounts> CountLogits(absl::Span<const float> logits,
                                          absl::Span<const uint8_t> truth,
                                          int classes);

// How a score a pixel becomes a mask. A score on the threshold is background.
enum class MaskThreshold {
  kLogitAboveZero,
  kProbabilityAboveHalf,  // scores in [0, 1]
};

// Of one score a pixel and a mask of 0 and 1. Two classes: background and
// foreground.
//
// InvalidArgument if the sizes differ, if there is no pixel, if a score is NaN
// or is no probability and should be one, if the truth is not 0 or 1.
absl::StatusOr<OverlapCounts> CountScores(absl::Span<const float> scores,
                                          absl::Span<const uint8_t> truth,
                                          MaskThreshold threshold);

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_OVERLAP_COUNTS_H_
