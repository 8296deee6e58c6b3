// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_PROTOTYPE_LOSS_H_
#define CXR_MODEL_DISTILLATION_PROTOTYPE_LOSS_H_

#include <cstdint>

#include "ATen/core/Tensor.h"
#include "cxr/model/distillation/teacher_targets.h"

namespace cxr {

// Which answer each row of the student is held against, and how much it counts.
struct PrototypeMatches {
  // (n, J) int64 on the CPU: rows of TeacherTargets. Rows of the student that
  // share rows of the teacher stand close together.
  at::Tensor target_rows;
  at::Tensor weights;  // (n), of the type of TeacherTargets::center
};

struct PrototypeLossOptions {
  double student_temperature = 0.1;
  // Rows whose logits exist at one time; n or more computes all at once.
  // Changes nothing but rounding.
  int64_t chunk_rows = 4096;
  // What the loss is going to be multiplied by before gradients are taken, a
  // scalar like the loss; undefined: 1. Changes nothing but rounding, and keeps
  // float16's gradients within its range.
  at::Tensor gradient_scale = {};
};

// sum_i weights_i sum_j CE(answer of target_rows_ij, softmax(features_i
// prototypes^T / student_temperature)), the loss of DINO and of iBOT. The
// gradients of features (n, D) and prototypes (K, D), both of the student, are
// computed with it, chunk by chunk, so that no (n, K) matrix outlives its
// chunk. Softmax and sums are float32 (float64 if features are), products
// are in the type of `features`; nothing flows to the targets or weights. A
// scalar, which can be differentiated once. c10::Error if sizes, types or rows
// do not fit.
at::Tensor PrototypeLoss(const at::Tensor& features,
                         const at::Tensor& prototypes,
                         const TeacherTargets& targets,
                         const PrototypeMatches& matches,
                         const PrototypeLossOptions& options);

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_PROTOTYPE_LOSS_H_
