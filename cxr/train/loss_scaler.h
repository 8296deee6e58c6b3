// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_LOSS_SCALER_H_
#define CXR_TRAIN_LOSS_SCALER_H_

#include <cstdint>

#include "ATen/core/Tensor.h"
#include "c10/core/Device.h"
#include "cxr/train/parameter_store.h"

// Training in float16: a loss is multiplied before gradients are taken, so that
// these do not vanish below float16's smallest numbers, and gradients are
// divided by as much after. All of it stays on the device: nothing waits.
//
//   LossScaler scaler({}, device);
//   (loss * scaler.scale()).backward();
//   const at::Tensor found_inf = scaler.Unscale(store);
//   optimizer.Step(store, rates, found_inf);
//   scaler.Update(found_inf);

namespace cxr {

// Those of torch.amp.GradScaler.
struct LossScalerOptions {
  double initial = 65536;
  double growth = 2;
  double backoff = 0.5;
  // Good steps in a row before the scale grows.
  int64_t growth_interval = 2000;
};

class LossScaler {
 public:
  LossScaler(const LossScalerOptions& options, c10::Device device);

  // What a loss is multiplied by: () float32.
  const at::Tensor& scale() const { return scale_; }

  // Divides the gradients of `store` by the scale. () float32: 1 if one of them
  // is not finite, else 0.
  at::Tensor Unscale(ParameterStore& store) const;

  // Chooses the scale of the next step by how this one was.
  void Update(const at::Tensor& found_inf);

  // State, for checkpoints: the scale and good steps since it last changed, ()
  // int32.
  at::Tensor& scale_state() { return scale_; }
  at::Tensor& good_steps_state() { return good_steps_; }

 private:
  LossScalerOptions options_;
  at::Tensor scale_;
  at::Tensor good_steps_;
};

}  // namespace cxr

#endif  // CXR_TRAIN_LOSS_SCALER_H_
