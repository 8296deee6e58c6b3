// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_LABEL_PROBE_H_
#define CXR_TASKS_PRETRAIN_LABEL_PROBE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"

// How well the similarities of images tell one label: scores of each image from
// images of other patients.
//
//   const std::vector<double> scores =
//       NearestNeighborScores(cosines, images, /*neighbors=*/20);
//   CXR_ASSIGN_OR_RETURN(const double auroc,
//                        metrics::Auroc(scores, images.labels));

namespace cxr {

// Inner products of the vectors of some images, (size, size) row-major.
struct Similarities {
  int64_t size = 0;
  std::vector<double> values = {};

  double At(int64_t row, int64_t column) const {
    return values[static_cast<size_t>(row * size + column)];
  }
};

// The images whose label is known: one entry an image in each.
struct LabelledImages {
  std::vector<int64_t> rows = {};    // place in Similarities
  std::vector<uint8_t> labels = {};  // 0 or 1
  std::vector<int> patients = {};    // equal: the same person
  // 0 or 1, equal for a patient's images; either half has both labels.
  std::vector<uint8_t> halves = {};
};

// Vote of the `neighbors` >= 1 most similar images of other patients (all of
// them if there are fewer), each weighted by exp(similarity / 0.07), as
// DINOv2's classifier does (dinov2/eval/knn.py). Similarities are cosines;
// the scores lie in 0 .. 1. Of equally similar images the first counts.
std::vector<double> NearestNeighborScores(const Similarities& similarities,
                                          const LabelledImages& images,
                                          int neighbors);

// Least squares with an intercept, each half predicted from the other. The
// squared weights cost as much as the vectors of the training half vary (the
// sum of their variances, plus 1e-9), so that scaling all vectors changes
// nothing. Scores of the two halves are not comparable.
std::vector<double> RidgeScores(const Similarities& similarities,
                                const LabelledImages& images);

// Mean over the halves of the AUROC of `scores`. Errors of metrics::Auroc.
absl::StatusOr<double> MeanAurocOfHalves(const std::vector<double>& scores,
                                         const LabelledImages& images);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_LABEL_PROBE_H_
