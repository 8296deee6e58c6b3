// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/block.h"

#include <string>

#include "ATen/ops/addcmul.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/gelu.h"
#include "ATen/ops/layer_norm.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/scaled_dot_product_attention.h"
#include "ATen/ops/sigmoid.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

// OpenAI's CLIP, clip/model.py, QuickGELU.
constexpr double kQuickGeluSlope = 1.702;

at::Tensor Linear(const at::Tensor& x, const WeightAndBias& map) {
  return at::linear(x, map->weight, map->bias);
}

at::Tensor Activate(const at::Tensor& x, Activation activation) {
  switch (activation) {
    case Activation::kGelu:
      return at::gelu(x);
    case Activation::kQuickGelu:
      return x * at::sigmoid(x * kQuickGeluSlope);
  }
  TORCH_CHECK(false, "Activation: unknown value");
}

LayerScale RegisterLayerScale(torch::nn::Module& parent, const char* name,
                              const BlockOptions& options) {
  if (!options.layer_scale) return nullptr;
  return parent.register_module(name, LayerScale(options.width));
}

// The sum of a residual branch that nothing skips.
at::Tensor AddBranch(const at::Tensor& x, const at::Tensor& branch,
                     LayerScale& scale) {
  return scale.is_empty() ? x + branch : scale(x, branch);
}

// Rows that each group takes.
std::vector<int64_t> RowsOf(const std::vector<RowGroup>& groups) {
  std::vector<int64_t> rows;
  for (const RowGroup& group : groups) {
    rows.push_back(group.sequences * group.tokens);
  }
  return rows;
}

struct PackedRows {
  at::Tensor rows;
  std::vector<RowGroup> groups;
};

// The kept sequences of each group of `x`.
PackedRows Take(const PackedRows& x, const std::vector<KeptSequences>& kept) {
  TORCH_CHECK(kept.size() == x.groups.size(), "block: drops of ", kept.size(),
              " groups, expected ", x.groups.size());
  const std::vector<at::Tensor> parts =
      x.rows.split_with_sizes(RowsOf(x.groups));
  PackedRows taken;
  std::vector<at::Tensor> rows;
  for (size_t i = 0; i < kept.size(); ++i) {
    const RowGroup& group = x.groups[i];
    rows.push_back(parts[i]
                       .unflatten(0, {group.sequences, group.tokens})
                       .index_select(0, kept[i].places)
                       .flatten(0, 1));
    taken.groups.push_back(
        {.sequences = kept[i].places.size(0), .tokens = group.tokens});
  }
  taken.rows = rows.size() == 1 ? rows[0] : at::cat(rows);
  return taken;
}

// `x` with the branch of its kept sequences added.
at::Tensor AddKept(const PackedRows& x, const PackedRows& branch,
                   const std::vector<KeptSequences>& kept) {
  const std::vector<at::Tensor> parts =
      x.rows.split_with_sizes(RowsOf(x.groups));
  const std::vector<at::Tensor> added =
      branch.rows.to(x.rows.scalar_type())
          .split_with_sizes(RowsOf(branch.groups));
  std::vector<at::Tensor> sums;
  for (size_t i = 0; i < kept.size(); ++i) {
    const int64_t tokens = x.groups[i].tokens;
    sums.push_back(parts[i]
                       .unflatten(0, {-1, tokens})
                       .index_add(0, kept[i].places,
                                  added[i].unflatten(0, {-1, tokens}),
                                  kept[i].scale)
                       .flatten(0, 1));
  }
  return sums.size() == 1 ? sums[0] : at::cat(sums);
}

// Attention of one group: `qkv` (B * N, 3C) of any strides -> (B * N, C). Its
// parts are views, and their gradients come together in one copy.
at::Tensor Mix(const at::Tensor& qkv, const RowGroup& group, int64_t heads) {
  const std::vector<at::Tensor> parts =
      qkv.unflatten(1, {3, heads, -1})
          .unflatten(0, {group.sequences, group.tokens})
          .unbind(2);  // three times (B, N, heads, C / heads)
  const at::Tensor mixed = at::scaled_dot_product_attention(
      parts[0].transpose(1, 2), parts[1].transpose(1, 2),
      parts[2].transpose(1, 2));  // (B, heads, N, C / heads)
  return mixed.transpose(1, 2).flatten(2).flatten(0, 1);
}

}  // namespace

WeightAndBiasImpl::WeightAndBiasImpl(const std::vector<int64_t>& weight_shape,
                                     bool has_bias)
    : weight(register_parameter("weight", at::zeros(weight_shape))),
      bias(has_bias
               ? register_parameter("bias", at::zeros({weight_shape.at(0)}))
               : at::Tensor()) {}

AttentionImpl::AttentionImpl(const BlockOptions& options)
    : heads_(options.heads),
      qkv_(register_module("qkv", WeightAndBias(std::vector<int64_t>{
                                      3 * options.width, options.width}))),
      proj_(register_module("proj", WeightAndBias(std::vector<int64_t>{
                                        options.width, options.width}))) {
  TORCH_CHECK(heads_ >= 1 && options.width % heads_ == 0, "attention: width ",
              options.width, " is no multiple of ", heads_, " heads");
}

at::Tensor AttentionImpl::forward(const at::Tensor& rows,
                                  const std::vector<RowGroup>& groups) {
  const std::vector<at::Tensor> qkv =
      Linear(rows, qkv_).split_with_sizes(RowsOf(groups));
  std::vector<at::Tensor> mixed;
  for (size_t i = 0; i < groups.size(); ++i) {
    mixed.push_back(Mix(qkv[i], groups[i], heads_));
  }
  return Linear(mixed.size() == 1 ? mixed[0] : at::cat(mixed), proj_);
}

MlpImpl::MlpImpl(const BlockOptions& options)
    : activation_(options.activation),
      fc1_(register_module(
          "fc1", WeightAndBias(std::vector<int64_t>{
                     options.mlp_ratio * options.width, options.width}))),
      fc2_(register_module(
          "fc2", WeightAndBias(std::vector<int64_t>{
                     options.width, options.mlp_ratio * options.width}))) {}

at::Tensor MlpImpl::forward(const at::Tensor& rows) {
  return Linear(Activate(Linear(rows, fc1_), activation_), fc2_);
}

LayerScaleImpl::LayerScaleImpl(int64_t width)
    : gamma_(register_parameter("gamma", at::zeros({width}))) {}

at::Tensor LayerScaleImpl::forward(const at::Tensor& x,
                                   const at::Tensor& branch) {
  return at::addcmul(x, branch, gamma_);
}

at::Tensor LayerScaleImpl::Scale(const at::Tensor& branch) {
  return branch * gamma_;
}

BlockImpl::BlockImpl(const BlockOptions& options)
    : epsilon_(options.layer_norm_epsilon),
      norm1_(register_module(
          "norm1", WeightAndBias(std::vector<int64_t>{options.width}))),
      attn_(register_module("attn", Attention(options))),
      ls1_(RegisterLayerScale(*this, "ls1", options)),
      norm2_(register_module(
          "norm2", WeightAndBias(std::vector<int64_t>{options.width}))),
      mlp_(register_module("mlp", Mlp(options))),
      ls2_(RegisterLayerScale(*this, "ls2", options)) {}

at::Tensor BlockImpl::Attend(const at::Tensor& rows,
                             const std::vector<RowGroup>& groups) {
  return attn_(LayerNorm(rows, norm1_, epsilon_), groups);
}

at::Tensor BlockImpl::Perceive(const at::Tensor& rows) {
  return mlp_(LayerNorm(rows, norm2_, epsilon_));
}

at::Tensor BlockImpl::forward(const at::Tensor& rows,
                              const std::vector<RowGroup>& groups,
                              const BlockDrops* drops) {
  if (drops == nullptr) {
    const at::Tensor attended = AddBranch(rows, Attend(rows, groups), ls1_);
    return AddBranch(attended, Perceive(attended), ls2_);
  }
  const auto scaled = [](const at::Tensor& branch, LayerScale& scale) {
    return scale.is_empty() ? branch : scale->Scale(branch);
  };
  PackedRows x = {.rows = rows, .groups = groups};
  PackedRows taken = Take(x, drops->attention);
  taken.rows = scaled(Attend(taken.rows, taken.groups), ls1_);
  x.rows = AddKept(x, taken, drops->attention);
  taken = Take(x, drops->mlp);
  taken.rows = scaled(Perceive(taken.rows), ls2_);
  return AddKept(x, taken, drops->mlp);
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
