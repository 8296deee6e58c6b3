// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/vit.h"

#include <memory>
#include <utility>

#include "ATen/ops/cat.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

constexpr int64_t kColours = 3;

// Only there because the checkpoints call the projection patch_embed.proj.
class PatchEmbedImpl : public torch::nn::Module {
 public:
  explicit PatchEmbedImpl(const WeightAndBias& projection) {
    register_module("proj", projection);
  }
};

WeightAndBias RegisterPatchEmbed(torch::nn::Module& parent,
                                 const VitOptions& options) {
  const int64_t patch = options.patch_size_pixels;
  const WeightAndBias projection(
      std::vector<int64_t>{options.width, kColours, patch, patch});
  parent.register_module("patch_embed",
                         std::make_shared<PatchEmbedImpl>(projection));
  return projection;
}

const VitOptions& Checked(const VitOptions& options) {
  TORCH_CHECK(options.width >= 1 && options.depth >= 1 && options.heads >= 1 &&
                  options.mlp_ratio >= 1 && options.patch_size_pixels >= 1 &&
                  options.position_grid >= 1 && options.registers >= 0,
              "ViT: sizes must be positive: width ", options.width, ", depth ",
              options.depth, ", heads ", options.heads, ", MLP ratio ",
              options.mlp_ratio, ", patch ", options.patch_size_pixels,
              ", position grid ", options.position_grid, ", registers ",
              options.registers);
  return options;
}

BlockOptions BlockOptionsOf(const VitOptions& options) {
  return {.width = options.width,
          .heads = options.heads,
          .mlp_ratio = options.mlp_ratio,
          .layer_norm_epsilon = options.layer_norm_epsilon};
}

}  // namespace

VitOptions VitSmall14() { return {.width = 384, .depth = 12, .heads = 6}; }

VitOptions VitBase14() { return {.width = 768, .depth = 12, .heads = 12}; }

VitImpl::VitImpl(const VitOptions& options)
    : options_(Checked(options)),
      cls_token_(
          register_parameter("cls_token", at::zeros({1, 1, options.width}))),
      pos_embed_(register_parameter(
          "pos_embed",
          at::zeros({1, 1 + options.position_grid * options.position_grid,
                     options.width}))),
      register_tokens_(options.registers == 0
                           ? at::Tensor()
                           : register_parameter("register_tokens",
                                                at::zeros({1, options.registers,
                                                           options.width}))),
      mask_token_(
          register_parameter("mask_token", at::zeros({1, options.width}))),
      patch_projection_(RegisterPatchEmbed(*this, options)),
      blocks_(register_module(
          "blocks", BlockStack(BlockOptionsOf(options), options.depth))),
      norm_(register_module(
          "norm", WeightAndBias(std::vector<int64_t>{options.width}))) {}

VitFeatures VitImpl::forward(const at::Tensor& images) {
  return std::move(IntermediateLayers(images, 1).front());
}

std::vector<VitFeatures> VitImpl::IntermediateLayers(const at::Tensor& images,
                                                     int64_t count) {
  TORCH_CHECK(count >= 1 && count <= options_.depth, "ViT: asked for ", count,
              " of ", options_.depth, " layers");
  const int64_t patch = options_.patch_size_pixels;
  TORCH_CHECK(images.dim() == 4 && images.size(1) == kColours &&
                  images.size(2) >= patch && images.size(2) % patch == 0 &&
                  images.size(3) >= patch && images.size(3) % patch == 0,
              "ViT: expected (B, 3, H, W) with H and W multiples of ", patch,
              ", got ", images.sizes());
  at::Tensor tokens = AssembleTokens(
      EmbedPatches(images), images.size(2) / patch, images.size(3) / patch);
  std::vector<VitFeatures> layers;
  for (int64_t i = 0; i < options_.depth; ++i) {
    tokens = blocks_->blocks[static_cast<size_t>(i)](tokens);
    if (i >= options_.depth - count) layers.push_back(Finish(tokens));
  }
  return layers;
}

// The convolution of stride P is a product of the patches' pixels with one
// matrix, so that is how it is computed.
at::Tensor VitImpl::EmbedPatches(const at::Tensor& images) const {
  const int64_t patch = options_.patch_size_pixels;
  const at::Tensor pixels = images.unflatten(3, {-1, patch})
                                .unflatten(2, {-1, patch})
                                .permute({0, 2, 4, 1, 3, 5})
                                .flatten(3)
                                .flatten(1, 2);  // (B, N, 3 * P * P)
  return at::linear(pixels, patch_projection_->weight.flatten(1),
                    patch_projection_->bias);
}

at::Tensor VitImpl::AssembleTokens(const at::Tensor& patches, int64_t rows,
                                   int64_t columns) const {
  const at::Tensor positions = ResizePositionEmbedding(
      pos_embed_, rows, columns, options_.interpolation);
  const int64_t batch = patches.size(0);
  std::vector<at::Tensor> tokens = {
      (cls_token_ + positions.narrow(1, 0, 1)).expand({batch, -1, -1})};
  if (options_.registers > 0) {
    tokens.push_back(register_tokens_.expand({batch, -1, -1}));
  }
  tokens.push_back(patches + positions.narrow(1, 1, rows * columns));
  return at::cat(tokens, 1);
}

VitFeatures VitImpl::Finish(const at::Tensor& tokens) const {
  const at::Tensor normed =
      LayerNorm(tokens, norm_, options_.layer_norm_epsilon);
  const int64_t first_patch = 1 + options_.registers;
  return {
      .cls = normed.select(1, 0),
      .registers = normed.narrow(1, 1, options_.registers),
      .patches = normed.narrow(1, first_patch, normed.size(1) - first_patch)};
}

}  // namespace cxr
