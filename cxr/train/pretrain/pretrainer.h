// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_PRETRAINER_H_
#define CXR_TRAIN_PRETRAIN_PRETRAINER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ATen/core/Tensor.h"
#include "absl/types/span.h"
#include "c10/core/Device.h"
#include "cxr/model/distillation/teacher_targets.h"
#include "cxr/train/adamw.h"
#include "cxr/train/gradient_sums.h"
#include "cxr/train/loss_scaler.h"
#include "cxr/train/parameter_store.h"
#include "cxr/train/pretrain/distillation_network.h"
#include "cxr/train/pretrain/half_network.h"
#include "cxr/train/pretrain/pretrain_batch.h"
#include "cxr/train/pretrain/self_distillation.h"
#include "cxr/train/pretrain_rules.h"
#include "cxr/train/pretrain_schedule.h"

namespace cxr {

struct PretrainerOptions {
  DistillationNetworkOptions network = {};
  SelfDistillationOptions losses = {};
  PretrainRuleOptions rules = {};
  // As it is used: after the rule for the batch, and times the accumulated
  // batches where the released code does that.
  PretrainScheduleOptions schedule = {};
  AdamWOptions optimizer = {};
  double max_gradient_norm = 0;  // of each unit; 0 = none
  // The loss is divided by the number of accumulated batches.
  bool divide_loss = true;
  at::ScalarType type = at::kFloat;  // of the parameters; or float64
  // With losses.compute_type float16, how the loss is scaled; none else.
  std::optional<LossScalerOptions> loss_scale = {};
  // Both networks compute in float16 whole, on copies of the parameters; crops
  // are float16 then.
  bool half_networks = false;
  at::Device device = at::kCPU;
};

// How tensors are added over processes; both functions, or none if there is one
// process.
struct ProcessSums {
  SumOverProcesses sum = {};
  BeginSum begin = {};
};

// What a step did. Losses are summed over processes, and means over accumulated
// batches.
struct StepReport {
  int64_t step = 0;
  PretrainRates rates = {};
  double total = 0;
  double dino_local = 0;
  double dino_global = 0;
  double ibot = 0;
  double koleo = 0;
  double teacher_entropy = 0;  // nats
  double student_entropy = 0;
  double teacher_information = 0;
  // Of each unit before clipping.
  std::vector<std::pair<std::string, double>> gradient_norms = {};
  // With a scaled loss: what it was multiplied by, and whether the weights stay
  // as they were because a gradient was not finite.
  std::optional<double> loss_scale = {};
  bool is_skipped = false;
};

// A report whose numbers may still be on their way from the device.
class PendingReport {
 public:
  // Waits for them.
  StepReport Read() const;

 private:
  friend class Pretrainer;

  int64_t step_ = 0;
  PretrainRates rates_;
  std::vector<std::string> units_;
  bool has_loss_scale_ = false;
  at::Tensor numbers_;
};

// Student, teacher, optimiser: all that a pretraining carries from step to
// step.
class Pretrainer {
 public:
  // All parameters are zero: fill student()'s, then call CopyToTeacher.
  explicit Pretrainer(const PretrainerOptions& options);

  DistillationNetworkImpl& student() { return *student_; }
  DistillationNetworkImpl& teacher() { return *teacher_; }
  void CopyToTeacher();

  // One step of the optimiser and of the teacher. The batches accumulate. Of
  // several processes each takes the step, on its part of each batch. Their
  // gradients are added while the backward pass goes on, but those of networks
  // that compute in float16 whole, after it.
  PendingReport Step(absl::Span<const PretrainBatch> batches, int64_t step,
                     const ProcessSums& sums = {});

  // Everything that changes, under names that say what it is; the tensors are
  // those in use. To restore, write into them.
  std::vector<std::pair<std::string, at::Tensor>> State();

 private:
  // Gradients of the batches, added over processes, and the sums of what the
  // report tells of them.
  at::Tensor ComputeGradients(absl::Span<const PretrainBatch> batches,
                              double teacher_temperature,
                              const ProcessSums& sums);

  PretrainerOptions options_;
  DistillationNetwork student_;
  DistillationNetwork teacher_;
  ParameterStore student_store_;
  ParameterStore teacher_store_;
  GradientSums gradient_sums_;  // of the student's
  AdamW optimizer_;
  DistillationCenters centers_;
  std::optional<LossScaler> scaler_;
  // What computes, if that is not student and teacher themselves.
  std::optional<HalfNetwork> half_student_;
  std::optional<HalfNetwork> half_teacher_;
};

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_PRETRAINER_H_
