// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PARAMETER_STORE_H_
#define CXR_TRAIN_PARAMETER_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ATen/core/Tensor.h"

// The parameters of a model side by side in memory, so that a step of the
// optimiser, a moving average and an all-reduce are a few operations on long
// vectors instead of some on each of hundreds of tensors.

namespace cxr {

// How a parameter is trained.
struct TrainingRule {
  // Its learning rate over that of the schedule.
  double learning_rate_factor = 1;
  // Its weight decay over that of the schedule: 0 for biases, norms and
  // factors.
  double weight_decay_factor = 1;
  // Prototypes, which do not learn in the first epoch.
  bool is_prototype = false;
  // Gradients of one unit are clipped together ("backbone", "dino_head").
  std::string clip_unit = {};

  bool operator==(const TrainingRule&) const = default;
};

struct NamedParameter {
  std::string name = {};
  at::Tensor tensor = {};
  TrainingRule rule = {};
};

// Parameters of one rule, one after another.
struct ParameterBlock {
  TrainingRule rule = {};
  at::Tensor values = {};     // (n)
  at::Tensor gradients = {};  // (n); undefined without gradients
  std::vector<std::string> names = {};
  std::vector<int64_t> offsets = {};  // of each name, then n
};

class ParameterStore {
 public:
  // Moves `parameters` (contiguous, of one type and device) into blocks, in
  // order of first appearance of their rules: each tensor becomes a view of its
  // block, keeping its values, shape and identity. With `gradients` each gets a
  // gradient that is a view too, zero at first; autograd adds to it in place.
  // A second store of a model of the same layout has the same blocks.
  ParameterStore(const std::vector<NamedParameter>& parameters, bool gradients);

  std::vector<ParameterBlock>& blocks() { return blocks_; }
  const std::vector<ParameterBlock>& blocks() const { return blocks_; }

  int64_t numel() const;
  void ZeroGradients();

 private:
  std::vector<ParameterBlock> blocks_;
};

// The norm of the gradients of each clip unit, in order of first appearance;
// float32 scalars on the device, so that nothing waits for it.
struct UnitNorm {
  std::string unit = {};
  at::Tensor norm = {};  // () before clipping
};

// torch.nn.utils.clip_grad_norm_ for each unit by itself: gradients of a unit
// whose norm is above `max_norm` are multiplied by max_norm / (norm + 1e-6).
// 0 = only measure.
std::vector<UnitNorm> ClipGradients(ParameterStore& store, double max_norm);

// average = momentum * average + (1 - momentum) * values, block by block.
void MoveAverage(ParameterStore& average, const ParameterStore& values,
                 double momentum);

}  // namespace cxr

#endif  // CXR_TRAIN_PARAMETER_STORE_H_
