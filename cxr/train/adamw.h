// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_ADAMW_H_
#define CXR_TRAIN_ADAMW_H_

#include <vector>

#include "ATen/core/Tensor.h"
#include "cxr/train/parameter_store.h"

namespace cxr {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

// torch.optim.AdamW on the blocks of a ParameterStore, by LibTorch's fused
// kernels.
class AdamW {
 public:
  // Moments of the shapes of `store`'s blocks, zero.
  AdamW(const ParameterStore& store, const AdamWOptions& options);

  // One step with the gradients that `store` holds. Blocks whose rate is 0 move
  // their moments and not their values. Nothing moves, and no step is counted,
  // if `found_inf`, () float32 on the device or undefined, is 1.
  struct Rates {
    double learning_rate = 0;
    double prototype_learning_rate = 0;  // before its factor
    double weight_decay = 0;             // decoupled
  };
  void Step(ParameterStore& store, const Rates& rates,
            const at::Tensor& found_inf = {});

  // State, for checkpoints: per block first moments (n), second moments (n),
  // and the number of steps, one float32 number.
  struct BlockState {
    at::Tensor first_moments;
    at::Tensor second_moments;
    at::Tensor steps;
  };
  std::vector<BlockState>& state() { return state_; }
  const std::vector<BlockState>& state() const { return state_; }

 private:
  AdamWOptions options_;
  std::vector<BlockState> state_;
};

}  // namespace cxr

#endif  // CXR_TRAIN_ADAMW_H_
