// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_RANDOM_WEIGHTS_H_
#define CXR_MODEL_RANDOM_WEIGHTS_H_

#include <cstdint>

#include "torch/nn/module.h"

namespace cxr {

struct RandomWeightsOptions {
  uint64_t seed = 0;
  // Every LayerScale gamma. DINOv2 trains from 1e-5, with which an untrained
  // block is the identity; 1 lets a random backbone's blocks act.
  double layer_scale_init = 1.0;
  // Standard deviations of the linear weights and of pos_embed; DINOv2's. A
  // backbone that stays random sees more of where things are with larger ones:
  // about 1 / sqrt(width) and 1. Unlike DINOv2's, larger ones are not cut at
  // +-2.
  double linear_std = 0.02;
  double position_std = 0.02;
};

// Fills the parameters of a vision transformer as DINOv2 initialises them
// (vision_transformer.py, init_weights):
//
//   linear weights, pos_embed       normal, std 0.02 unless the options differ
//   cls_token, register_tokens      normal, std 1e-6
//   mask_token, linear biases       0
//   norms                           weight 1, bias 0
//   patch_embed.proj                uniform in +-1 / sqrt(3 P P), both tensors:
//                                   torch's default for a convolution
//
// Kinds are told by the checkpoint names. Every value is a function of (seed,
// parameter name, index) alone: the order of the parameters, other parameters
// and the number of threads change no bit. Parameters must be contiguous
// float32 on the CPU; c10::Error names one whose kind is unknown.
void FillRandomWeights(torch::nn::Module& module,
                       const RandomWeightsOptions& options);

}  // namespace cxr

#endif  // CXR_MODEL_RANDOM_WEIGHTS_H_
