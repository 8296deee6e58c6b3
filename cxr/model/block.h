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
// Blocks work on the tokens of a whole step as rows (T, C), whatever the sizes
// of the images that they come from: only attention looks at the sequences.
//
// Parameters start at zero: loaded or drawn weights (random_weights.h) fill
// them, so that building a module draws no random numbers.

namespace cxr {

// Of the MLP.
enum class Activation {
  kGelu,       // x Phi(x), by the error function
  kQuickGelu,  // x sigmoid(1.702 x), that of OpenAI's CLIP
};

struct BlockOptions {
  int64_t width = 0;  // C; a multiple of `heads`.
  int64_t heads = 0;
  int64_t mlp_ratio = 4;  // Hidden width of the MLP, in units of `width`.
  double layer_norm_epsilon = 1e-6;
  bool layer_scale = true;  // Without it ls1 and ls2 do not exist.
  Activation activation = Activation::kGelu;
};

// Sequences of one length among packed rows: `sequences` times `tokens` rows,
// a sequence after the other. Groups follow one another.
struct RowGroup {
  int64_t sequences = 0;  // B
  int64_t tokens = 0;     // N
};

// Sequences of a RowGroup that go through a residual branch; the others skip
// it.
struct KeptSequences {
  at::Tensor places;  // (k) int64 on the rows' device, none twice
  double scale = 1;   // what the branch's result is multiplied by
};

// What skips the branches of a block, stochastic depth: for each branch one
// KeptSequences a RowGroup.
struct BlockDrops {
  std::vector<KeptSequences> attention = {};
  std::vector<KeptSequences> mlp = {};
};

// `weight` of the stated shape and `bias` (weight_shape[0]): what a linear
// map, a normalisation and a convolution store. Without a bias it is undefined.
class WeightAndBiasImpl : public torch::nn::Module {
 public:
  explicit WeightAndBiasImpl(const std::vector<int64_t>& weight_shape,
                             bool has_bias = true);

  at::Tensor weight;
  at::Tensor bias;
};
TORCH_MODULE(WeightAndBias);

// Multi-head self-attention within each sequence.
class AttentionImpl : public torch::nn::Module {
 public:
  explicit AttentionImpl(const BlockOptions& options);
  // (T, C) -> (T, C); T is the sum of the groups' rows.
  at::Tensor forward(const at::Tensor& rows,
                     const std::vector<RowGroup>& groups);

 private:
  int64_t heads_;
  WeightAndBias qkv_;  // (3C, C), rows: all queries, all keys, all values.
  WeightAndBias proj_;
};
TORCH_MODULE(Attention);

// Linear, activation, linear.
class MlpImpl : public torch::nn::Module {
 public:
  explicit MlpImpl(const BlockOptions& options);
  at::Tensor forward(const at::Tensor& rows);  // (T, C) -> (T, C)

 private:
  Activation activation_;
  WeightAndBias fc1_;
  WeightAndBias fc2_;
};
TORCH_MODULE(Mlp);

// A learned factor for each channel of a residual branch.
class LayerScaleImpl : public torch::nn::Module {
 public:
  explicit LayerScaleImpl(int64_t width);
  // x + gamma * branch, both (T, C), in one pass over memory.
  at::Tensor forward(const at::Tensor& x, const at::Tensor& branch);
  // gamma * branch.
  at::Tensor Scale(const at::Tensor& branch);

 private:
  at::Tensor gamma_;  // (C)
};
TORCH_MODULE(LayerScale);

class BlockImpl : public torch::nn::Module {
 public:
  explicit BlockImpl(const BlockOptions& options);
  // (T, C) -> (T, C); an ordinary batch is one group. Without `drops` nothing
  // skips a branch.
  at::Tensor forward(const at::Tensor& rows,
                     const std::vector<RowGroup>& groups,
                     const BlockDrops* drops = nullptr);

 private:
  at::Tensor Attend(const at::Tensor& rows,
                    const std::vector<RowGroup>& groups);
  at::Tensor Perceive(const at::Tensor& rows);

  double epsilon_;
  WeightAndBias norm1_;
  Attention attn_;
  LayerScale ls1_;  // Null without LayerScale, as ls2_.
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
