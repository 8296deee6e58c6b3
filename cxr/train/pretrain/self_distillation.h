// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_SELF_DISTILLATION_H_
#define CXR_TRAIN_PRETRAIN_SELF_DISTILLATION_H_

#include <cstdint>

#include "ATen/core/Tensor.h"
#include "cxr/model/distillation/teacher_targets.h"
#include "cxr/train/pretrain/distillation_network.h"
#include "cxr/train/pretrain/pretrain_batch.h"

namespace cxr {

// How the teacher is kept from giving one answer to everything.
enum class Centering { kMovingAverage, kSinkhornKnopp };

// The loss of DINOv2 (paper section 2.6; dinov2/train/ssl_meta_arch.py):
//
//   dino (L_local + 2 L_global) / (2 + 2V) + ibot L_ibot
//     + koleo (KoLeo of the first global crops + that of the second)
//
// Without local crops (V = 0), which the paper never has, the reference divides
// by 3 where this has 2.
struct SelfDistillationOptions {
  double dino_weight = 1;
  double ibot_weight = 1;
  double koleo_weight = 0.1;
  double koleo_epsilon = 1e-8;
  double student_temperature = 0.1;
  Centering centering = Centering::kMovingAverage;
  double center_momentum = 0.9;
  // The centre of patches moves by the mean of the groups' means, as released.
  bool mean_of_groups = true;
  int sinkhorn_iterations = 3;
  // Rows of prototypes' logits that exist at one time.
  int64_t chunk_rows = 4096;
  // Images of a batch over all processes: what sums are divided by.
  int64_t global_images = 0;
  // What the linear maps of both networks compute in: float32, bfloat16 or
  // float16 (by autocast), or float64 or float16 as the parameters are. Crops
  // have the parameters' type.
  at::ScalarType compute_type = at::kFloat;
};

// What one batch says, each a scalar. Of this process' images, divided by the
// images of all, so that sums over processes are those of the batch.
struct DistillationLosses {
  at::Tensor total = {};  // with what the parameters' gradients are taken of
  at::Tensor dino_local = {};   // as they enter the total
  at::Tensor dino_global = {};  //
  at::Tensor ibot = {};         //
  at::Tensor koleo = {};        //
  // Mean entropies in nats, log(K) if nothing is learnt, of some class tokens
  // of the first group: the teacher's answers, and the student's. 0, like the
  // next, in a process that has other groups.
  at::Tensor teacher_entropy = {};
  at::Tensor student_entropy = {};
  // Nats that an answer of the teacher tells of its image: the entropy of the
  // mean answer less the mean entropy. 0 if every image gets the same answer.
  at::Tensor teacher_information = {};
};

// The centres (K) of both heads' answers: state that a run carries on.
struct DistillationCenters {
  at::Tensor dino = {};
  at::Tensor ibot = {};
};

// The losses of `batch`. `centers` are used, then moved by what the teacher
// said. `sum` adds over processes. `gradient_scale`, a scalar or undefined, is
// what the total will be multiplied by before gradients are taken.
DistillationLosses ComputeLosses(
    DistillationNetworkImpl& student, DistillationNetworkImpl& teacher,
    const PretrainBatch& batch, double teacher_temperature,
    const SelfDistillationOptions& options, DistillationCenters& centers,
    const SumOverProcesses& sum = {}, const at::Tensor& gradient_scale = {});

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_SELF_DISTILLATION_H_
