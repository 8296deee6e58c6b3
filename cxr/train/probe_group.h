// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PROBE_GROUP_H_
#define CXR_TRAIN_PROBE_GROUP_H_

#include <cstdint>
#include <vector>

#include "ATen/core/Tensor.h"
#include "cxr/train/linear_probe.h"

// Linear probes that learn side by side from the same batches: one alone, or
// DINOv2's sweep (eval/linear_cxr.py of the released code), in which every
// learning rate meets inputs of every depth.

namespace cxr {

struct ProbeMember {
  double learning_rate = 0;
  // Its input is the columns from this one on: tokens of the earlier layers
  // stand first.
  int64_t first_column = 0;
};

// How learning rates go from step to step.
enum class RateSchedule {
  kConstant,
  // Half a cosine down to 0 over all steps, torch's CosineAnnealingLR.
  kCosine,
};

struct ProbeGroupOptions {
  LinearProbeOptions probe = {};  // learning_rate is that of each member
  std::vector<ProbeMember> members = {};  // one at least
  RateSchedule schedule = RateSchedule::kConstant;
  int64_t steps = 0;  // of the cosine
};

class ProbeGroup {
 public:
  // Members with inputs of one width start from the same weights, so that what
  // differs is what the sweep compares. Errors as LinearProbeTrainer's;
  // c10::Error for a first column outside of [0, features).
  ProbeGroup(int64_t features, int64_t labels,
             const ProbeGroupOptions& options);

  int64_t size() const { return std::ssize(trainers_); }

  // One step of every member on `features` (n, F) and `labels` (n, L), as
  // LinearProbeTrainer::Step. Returns their losses.
  std::vector<double> Step(const at::Tensor& features,
                           const at::Tensor& labels);

  // A copy of member `i` as a probe on all F columns: weights of columns that
  // it does not see are 0.
  LinearProbe Probe(int64_t i) const;

  int64_t steps_done() const { return steps_done_; }

  // All that a step changes, for checkpoints: to be copied from, or into. With
  // values copied in, `steps_done` is to be told.
  std::vector<at::Tensor> State() const;
  void set_steps_done(int64_t steps) { steps_done_ = steps; }

 private:
  const int64_t features_;
  const ProbeGroupOptions options_;
  std::vector<LinearProbeTrainer> trainers_;
  int64_t steps_done_ = 0;
};

}  // namespace cxr

#endif  // CXR_TRAIN_PROBE_GROUP_H_
