// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/block.h"

#include <string>

#include "ATen/ops/addcmul.h"
#include "ATen/ops/gelu.h"
#include "ATen/ops/layer_norm.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/scaled_dot_product_attention.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

at::Tensor Linear(const at::Tensor& x, const WeightAndBias& map) {
  return at::linear(x, map->weight, map->bias);
}

}  // namespace

WeightAndBiasImpl::WeightAndBiasImpl(const std::vector<int64_t>& weight_shape)
    : weight(register_parameter("weight", at::zeros(weight_shape))),
      bias(register_parameter("bias", at::zeros({weight_shape.at(0)}))) {}

AttentionImpl::AttentionImpl(const BlockOptions& options)
    : heads_(options.heads),
      qkv_(register_module("qkv", WeightAndBias(std::vector<int64_t>{
                                      3 * options.width, options.width}))),
      proj_(register_module("proj", WeightAndBias(std::vector<int64_t>{
                                        options.width, options.width}))) {
  TORCH_CHECK(heads_ >= 1 && options.width % heads_ == 0, "attention: width ",
              options.width, " is no multiple of ", heads_, " heads");
}

at::Tensor AttentionImpl::forward(const at::Tensor& x) {
  const at::Tensor qkv =
      Linear(x, qkv_)
          .unflatten(-1, {3, heads_, -1})
          .permute({2, 0, 3, 1, 4});  // (3, B, heads, N, C / heads)
  const at::Tensor mixed = at::scaled_dot_product_attention(
      qkv[0], qkv[1], qkv[2]);  // (B, heads, N, C / heads)
  return Linear(mixed.transpose(1, 2).flatten(2), proj_);  // (B, N, C)
}

MlpImpl::MlpImpl(const BlockOptions& options)
    : fc1_(register_module(
          "fc1", WeightAndBias(std::vector<int64_t>{
                     options.mlp_ratio * options.width, options.width}))),
      fc2_(register_module(
          "fc2", WeightAndBias(std::vector<int64_t>{
                     options.width, options.mlp_ratio * options.width}))) {}

at::Tensor MlpImpl::forward(const at::Tensor& x) {
  return Linear(at::gelu(Linear(x, fc1_)), fc2_);
}

LayerScaleImpl::LayerScaleImpl(int64_t width)
    : gamma_(register_parameter("gamma", at::zeros({width}))) {}

at::Tensor LayerScaleImpl::forward(const at::Tensor& x,
                                   const at::Tensor& branch) {
  return at::addcmul(x, branch, gamma_);
}

BlockImpl::BlockImpl(const BlockOptions& options)
    : epsilon_(options.layer_norm_epsilon),
      norm1_(register_module(
          "norm1", WeightAndBias(std::vector<int64_t>{options.width}))),
      attn_(register_module("attn", Attention(options))),
      ls1_(register_module("ls1", LayerScale(options.width))),
      norm2_(register_module(
          "norm2", WeightAndBias(std::vector<int64_t>{options.width}))),
      mlp_(register_module("mlp", Mlp(options))),
      ls2_(register_module("ls2", LayerScale(options.width))) {}

at::Tensor BlockImpl::forward(const at::Tensor& x) {
  const at::Tensor attended = ls1_(x, attn_(LayerNorm(x, norm1_, epsilon_)));
  return ls2_(attended, mlp_(LayerNorm(attended, norm2_, epsilon_)));
}

BlockStackImpl::BlockStackImpl(const BlockOptions& options, int64_t depth) {
  for (int64_t i = 0; i < depth; ++i) {
    blocks.push_back(register_module(std::to_string(i), Block(options)));
  }
}

at::Tensor LayerNorm(const at::Tensor& x, const WeightAndBias& norm,
                     double epsilon) {
  return at::layer_norm(x, norm->weight.sizes(), norm->weight, norm->bias,
                        epsilon);
}

}  // namespace cxr
