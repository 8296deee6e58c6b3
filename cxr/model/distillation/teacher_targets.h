// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_TEACHER_TARGETS_H_
#define CXR_MODEL_DISTILLATION_TEACHER_TARGETS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "ATen/core/Tensor.h"

// What a teacher answers, kept as the factors of its logits: with K = 131072
// prototypes the answers themselves would take gigabytes.

namespace cxr {

// The teacher's answer to row i is softmax((features[i] prototypes^T - center)
// / temperature). Both ways of centring are of this form (paper section 2.6):
// the moving average of the logits, and Sinkhorn-Knopp, which ends by making
// rows sum to one and so differs from a softmax only by what it takes from each
// prototype.
struct TeacherTargets {
  at::Tensor features;    // (m, D), of unit length
  at::Tensor prototypes;  // (K, D)
  at::Tensor center;      // (K); float32, or float64 if features are
  double temperature = 0;

  int64_t rows() const { return features.size(0); }

  // Probabilities (end - begin, K), in the type of `center`.
  at::Tensor Rows(int64_t begin, int64_t end) const;
};

// The mean of the teacher's logits (K), of rows of `features` (m, D). The
// logits are linear in the features, so none is computed. With `groups`, first
// row of each group and m at the end, the mean of the groups' means, groups
// without rows left out (MEAN_OF_GROUPS_AS_RELEASED). Float32, or float64 if
// features are. c10::Error without rows.
at::Tensor MeanLogits(const at::Tensor& features, const at::Tensor& prototypes,
                      const std::vector<int64_t>& groups = {});

// Adds a tensor to those of all other processes, in place; does nothing in a
// run of one process.
using SumOverProcesses = std::function<void(at::Tensor&)>;

// The center (K) that makes TeacherTargets what Sinkhorn-Knopp makes of the
// rows of all processes: `iterations` times prototypes, then rows are divided
// by their sums (dinov2/loss/dino_clstoken_loss.py, sinkhorn_knopp_teacher).
// Exact where the released code overflows: sums are taken in the logarithm.
// Logits are made `chunk_rows` rows at a time, once an iteration; if all rows
// fit in one chunk they are kept. A process may have no rows. `sum` is called
// twice for the first iteration, then once for each, by all processes alike.
at::Tensor SinkhornCenter(const at::Tensor& features,
                          const at::Tensor& prototypes, double temperature,
                          int iterations, int64_t chunk_rows,
                          const SumOverProcesses& sum = {});

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_TEACHER_TARGETS_H_
