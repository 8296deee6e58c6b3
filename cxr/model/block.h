// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_BLOCK_H_
#define CXR_MODEL_BLOCK_H_

#include <cstdint>
#include <vector>

#include "ATen/core/Tensor.h"
#include "torch/nn/module.h"
#include "torch/nn/pimpl.h"

// The pre-norm transformer block of DINOv2 and its parts, with the parameter
// names of Meta's checkpoints:
//
//   x = x + ls1.gamma * attn(norm1(x));  x = x + ls2.gamma * mlp(norm2(x))
//
// Parameters start at zero: loaded or drawn weights (random_weights.h) fill
// them, so that building a module draws no random numbers.

namespace cxr {

struct BlockOptions {
  int64_t width = 0;  // C; a multiple of `heads`.
  int64_t heads = 0;
  int64_t mlp_ratio = 4;  // Hidden width of the MLP, in units of `width`.
  double layer_norm_epsilon = 1e-6;
};

// `weight` of the stated shape and `bias` (weight_shape[0]): what a linear
// map, a normalisation and a convolution store.
class WeightAndBiasImpl : public torch::nn::Module {
 public:
  explicit WeightAndBiasImpl(const std::vector<int64_t>& weight_shape);

  at::Tensor weight;
  at::Tensor bias;
};
TORCH_MODULE(WeightAndBias);

// Multi-head self-attention over tokens (B, N, C).
class AttentionImpl : public torch::nn::Module {
 public:
  explicit AttentionImpl(const BlockOptions& options);
  at::Tensor forward(const at::Tensor& x);  // (B, N, C) -> (B, N, C)

 private:
  int64_t heads_;
  WeightAndBias qkv_;  // (3C, C), rows: all queries, all keys, all values.
  WeightAndBias proj_;
};
TORCH_MODULE(Attention);

// Linear, exact GELU, linear.
class MlpImpl : public torch::nn::Module {
 public:
  explicit MlpImpl(const BlockOptions& options);
  at::Tensor forward(const at::Tensor& x);  // (B, N, C) -> (B, N, C)

 private:
  WeightAndBias fc1_;
  WeightAndBias fc2_;
};
TORCH_MODULE(Mlp);

// A learned factor for each channel of a residual branch.
class LayerScaleImpl : public torch::nn::Module {
 public:
  explicit LayerScaleImpl(int64_t width);
  // x + gamma * branch, both (B, N, C), in one pass over memory.
  at::Tensor forward(const at::Tensor& x, const at::Tensor& branch);

 private:
  at::Tensor gamma_;  // (C)
};
TORCH_MODULE(LayerScale);

class BlockImpl : public torch::nn::Module {
 public:
  explicit BlockImpl(const BlockOptions& options);
  at::Tensor forward(const at::Tensor& x);  // (B, N, C) -> (B, N, C)

 private:
  double epsilon_;
  WeightAndBias norm1_;
  Attention attn_;
  LayerScale ls1_;
  WeightAndBias norm2_;
  Mlp mlp_;
  LayerScale ls2_;
};
TORCH_MODULE(Block);

// `depth` blocks, registered as "0", "1", ...
class BlockStackImpl : public torch::nn::Module {
 public:
  BlockStackImpl(const BlockOptions& options, int64_t depth);

  std::vector<Block> blocks;
};
TORCH_MODULE(BlockStack);

// Layer normalisation over the last dimension by the parameters of `norm`.
at::Tensor LayerNorm(const at::Tensor& x, const WeightAndBias& norm,
                     double epsilon);

}  // namespace cxr

#endif  // CXR_MODEL_BLOCK_H_
