// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_LINEAR_PROBE_H_
#define CXR_TRAIN_LINEAR_PROBE_H_

#include <cstdint>
#include <vector>

#include "ATen/core/Tensor.h"

// The classification probe of the paper: one linear layer on the features of
// a frozen backbone, trained by binary cross-entropy and AdamW.
//
//   const FeatureScaling scaling = FitScaling(train);
//   LinearProbeTrainer trainer(InitLinearProbe(F, L, options), options);
//   for (...) trainer.Step(scaling.Apply(batch), labels);
//   const at::Tensor logits = trainer.probe().Logits(scaling.Apply(test));
//
// Every tensor is float32 on the CPU; c10::Error for other shapes. F features,
// L labels, n rows.

namespace cxr {

struct LinearProbeOptions {
  double learning_rate = 0;
  double weight_decay = 0;  // Decoupled: a fraction of learning_rate a step.
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  // Gradients whose norm, of weights and biases together, is larger are
  // multiplied by max_gradient_norm / (norm + 1e-6), as
  // torch.nn.utils.clip_grad_norm_ does; 0 = never.
  double max_gradient_norm = 0;
  // The paper's head: weights N(0, 0.01), biases 0 (train/finetune_utils.py).
  double weight_init_std = 0.01;
  uint64_t seed = 0;
};

struct LinearProbe {
  at::Tensor weight;  // (L, F)
  at::Tensor bias;    // (L)

  at::Tensor Logits(const at::Tensor& features) const;  // (n, F) -> (n, L)
};

// N(0, weight_init_std) weights from the options' seed, zero biases.
LinearProbe InitLinearProbe(int64_t features, int64_t labels,
                            const LinearProbeOptions& options);

// The steps one by one. The numbers are those of torch.nn.BCEWithLogitsLoss
// and torch.optim.AdamW; the gradient is written out, (sigmoid(z) - y) / count.
class LinearProbeTrainer {
 public:
  // Trains a copy of `start`. weight_init_std and seed are not used.
  LinearProbeTrainer(const LinearProbe& start,
                     const LinearProbeOptions& options);

  // One step on `features` (n, F) and `labels` (n, L), 0 to 1 or NaN for
  // "ignored". Returns the mean loss over the labels that count, before the
  // step. A batch without any such label takes no step and returns 0.
  double Step(const at::Tensor& features, const at::Tensor& labels);

  // Of the steps to come.
  void set_learning_rate(double rate) { options_.learning_rate = rate; }

  const LinearProbe& probe() const { return probe_; }

  // All that a step changes, for checkpoints: to be copied from, or into.
  std::vector<at::Tensor> State() const;

 private:
  void Clip();

  LinearProbeOptions options_;
  LinearProbe probe_;
  std::vector<at::Tensor> parameters_;  // weight, bias
  std::vector<at::Tensor> gradients_;
  std::vector<at::Tensor> first_moments_;
  std::vector<at::Tensor> second_moments_;
  std::vector<at::Tensor> steps_taken_;  // One number a parameter.
};

// Puts every feature on the scale of its training rows.
struct FeatureScaling {
  at::Tensor mean;         // (F)
  at::Tensor inverse_std;  // (F); 0 for a constant feature.

  // (n, F) -> (n, F): (features - mean) * inverse_std.
  at::Tensor Apply(const at::Tensor& features) const;
};

// Mean and population standard deviation of each column of `features` (n, F),
// n >= 1, in double precision. A column whose deviation is below 1e-6 counts as
// constant (tokens after the final norm have deviations near 1): its
// inverse_std is 0, so it becomes 0 everywhere.
FeatureScaling FitScaling(const at::Tensor& features);

}  // namespace cxr

#endif  // CXR_TRAIN_LINEAR_PROBE_H_
