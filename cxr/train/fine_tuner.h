// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_FINE_TUNER_H_
#define CXR_TRAIN_FINE_TUNER_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ATen/core/Tensor.h"
#include "cxr/train/adamw.h"
#include "cxr/train/linear_probe.h"
#include "cxr/train/parameter_store.h"

// A backbone trained together with the linear head on its features, as
// fine-tuning means and the released code never does (paper section 4.2,
// point 1).

namespace cxr {

struct FineTunerOptions {
  LinearProbeOptions head = {};  // and the optimiser of both
  double backbone_learning_rate = 0;
};

class FineTuner {
 public:
  // From images (n, ...) to features (n, F), with gradients to `backbone`.
  using Features = std::function<at::Tensor(const at::Tensor& images)>;

  // `backbone` are the parameters that `features` uses, of one type and device;
  // they are moved into a store of this object. Matrices decay as the options
  // say; biases, norms and factors do not (Hugging Face's trainer). Errors as
  // LinearProbeTrainer's.
  FineTuner(std::vector<NamedParameter> backbone, Features features,
            const LinearProbe& head, const FineTunerOptions& options);

  // One step on `images` and `labels` (n, L; NaN = ignored) on the parameters'
  // device: the mean loss over the labels that count, before the step.
  // Gradients of backbone and head are clipped together. A batch without any
  // label that counts takes no step and returns 0.
  double Step(const at::Tensor& images, const at::Tensor& labels);

  // (n, L), without gradients.
  at::Tensor Logits(const at::Tensor& images) const;

  LinearProbe head() const;  // a copy on the CPU

  // All that a step changes, by name, for checkpoints: to be copied from, or
  // into.
  std::vector<std::pair<std::string, at::Tensor>> State();

 private:
  FineTunerOptions options_;
  Features features_;
  at::Tensor weight_;  // (L, F)
  at::Tensor bias_;    // (L)
  ParameterStore store_;
  AdamW optimizer_;
};

}  // namespace cxr

#endif  // CXR_TRAIN_FINE_TUNER_H_
