// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_PROJECTION_HEAD_H_
#define CXR_MODEL_DISTILLATION_PROJECTION_HEAD_H_

#include <cstdint>
#include <vector>

#include "ATen/core/Tensor.h"
#include "cxr/model/block.h"
#include "torch/nn/module.h"
#include "torch/nn/pimpl.h"

// The head of DINO and of iBOT (paper section 2.5; dinov2/layers/dino_head.py):
// linear layers with exact GELU between them, a bottleneck of unit length, and
// weight-normed prototypes without bias. K prototypes, D bottleneck width.
//
// Parameters are called as in the reference's checkpoints ("mlp.0.weight",
// "mlp.2.weight", ..., "last_layer.weight_g" (K, 1), "last_layer.weight_v"
// (K, D); a single layer is "mlp.weight"), and are zero until filled.

namespace cxr {

struct ProjectionHeadOptions {
  int64_t input_width = 0;
  int64_t layers = 3;
  int64_t hidden_width = 2048;
  int64_t bottleneck_width = 256;
  int64_t prototypes = 65536;
  // Lengths below this count as this: 1e-12, in float16 1e-6.
  double normalization_epsilon = 1e-12;
};

class ProjectionHeadImpl : public torch::nn::Module {
 public:
  explicit ProjectionHeadImpl(const ProjectionHeadOptions& options);

  // (n, input_width) -> (n, D), rows of unit length.
  at::Tensor Bottleneck(const at::Tensor& x);

  // (K, D): rows of weight_v at the lengths weight_g. On a GPU torch's
  // kernel makes float64 only about as exact as float32 (5e-8).
  at::Tensor Prototypes() const;

  // (n, input_width) -> (n, K): both together, for small K.
  at::Tensor forward(const at::Tensor& x);

 private:
  ProjectionHeadOptions options_;
  std::vector<WeightAndBias> layers_;
  at::Tensor weight_g_;
  at::Tensor weight_v_;
};
TORCH_MODULE(ProjectionHead);

// Linear weights N(0, 0.02) cut at +-2 (of the number itself, as torch's
// trunc_normal_), biases 0, weight_g 1, and weight_v as torch draws a new
// linear layer: uniform in +-1 / sqrt(D). Each value is a function of (seed,
// name, index) alone.
void FillProjectionHead(ProjectionHeadImpl& head, uint64_t seed);

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_PROJECTION_HEAD_H_
