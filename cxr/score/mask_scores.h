// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_MASK_SCORES_H_
#define CXR_SCORE_MASK_SCORES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "metrics/segmentation/overlap_counts.h"

namespace cxr {

// How far the borders of one class lie apart in one image, in pixels. NaN or
// infinite, as the package has it, if a mask has no pixel, and only then.
struct BorderDistances {
  // MONAI 1.6: Hausdorff distance at 95 %, average symmetric distance.
  double hd95 = 0.0;
  double assd = 0.0;
  // surface-distance 0.1: the same distance of contours, average of each
  // direction.
  double contour_hd95 = 0.0;
  double contour_predicted_to_truth = 0.0;
  double contour_truth_to_predicted = 0.0;
};

// All that is kept of an image.
struct MaskPairScore {
  metrics::OverlapCounts counts = {};
  // Of background, both lungs as one class and heart; of four classes only.
  metrics::OverlapCounts merged = {};
  std::vector<BorderDistances> distances = {};  // of classes 1 and up
};

// InvalidArgument if sizes differ or a pixel is not below `classes`.
absl::StatusOr<MaskPairScore> ScoreMaskPair(const GrayImage& predicted,
                                            const GrayImage& truth,
                                            int classes);

}  // namespace cxr

#endif  // CXR_SCORE_MASK_SCORES_H_
