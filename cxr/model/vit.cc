// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/vit.h"

#include <map>
#include <memory>
#include <utility>

#include "ATen/ops/cat.h"
#include "ATen/ops/linear.h"
#include "ATen/ops/where.h"
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
      std::vector<int64_t>{options.width, kColours, patch, patch},
      options.patch_bias);
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
          .layer_norm_epsilon = options.layer_norm_epsilon,
          .layer_scale = options.layer_scale,
          .activation = options.activation};
}

// (rows, columns) of patches.
using Grid = std::pair<int64_t, int64_t>;

Grid CheckedGrid(const CropBatch& crops, int64_t patch) {
  const at::Tensor& images = crops.images;
  TORCH_CHECK(images.dim() == 4 && images.size(1) == kColours &&
                  images.size(2) >= patch && images.size(2) % patch == 0 &&
                  images.size(3) >= patch && images.size(3) % patch == 0,
              "ViT: expected (B, 3, H, W) with H and W multiples of ", patch,
              ", got ", images.sizes());
  const Grid grid = {images.size(2) / patch, images.size(3) / patch};
  const std::vector<int64_t> mask_shape = {images.size(0),
                                           grid.first * grid.second};
  TORCH_CHECK(!crops.masks.defined() ||
                  (crops.masks.sizes() == at::IntArrayRef(mask_shape) &&
                   crops.masks.scalar_type() == at::kBool),
              "ViT: expected masks of bool ", at::IntArrayRef(mask_shape),
              ", got ", crops.masks.scalar_type(), " ", crops.masks.sizes());
  return grid;
}

}  // namespace

VitOptions WithLayout(VitOptions options, VitLayout layout) {
  const bool clip = layout == VitLayout::kOpenAiClip;
  options.layer_scale = layout == VitLayout::kDinov2;
  options.pre_norm = clip;
  options.patch_bias = !clip;
  options.activation = clip ? Activation::kQuickGelu : Activation::kGelu;
  options.layer_norm_epsilon = clip ? 1e-5 : 1e-6;
  return options;
}

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
      norm_pre_(options.pre_norm
                    ? register_module(
                          "norm_pre",
                          WeightAndBias(std::vector<int64_t>{options.width}))
                    : nullptr),
      blocks_(register_module(
          "blocks", BlockStack(BlockOptionsOf(options), options.depth))),
      norm_(register_module(
          "norm", WeightAndBias(std::vector<int64_t>{options.width}))) {}

VitFeatures VitImpl::forward(const at::Tensor& images) {
  return std::move(IntermediateLayers(images, 1).front());
}

std::vector<VitFeatures> VitImpl::IntermediateLayers(const at::Tensor& images,
                                                     int64_t count,
                                                     FinalNorm norm) {
  TORCH_CHECK(count >= 1 && count <= options_.depth, "ViT: asked for ", count,
              " of ", options_.depth, " layers");
  Packed packed = Pack({{.images = images, .masks = {}}});
  std::vector<VitFeatures> layers;
  for (int64_t i = 0; i < options_.depth; ++i) {
    packed.rows =
        blocks_->blocks[static_cast<size_t>(i)](packed.rows, packed.groups);
    if (i < options_.depth - count) continue;
    layers.push_back(std::move(Unpack(packed, norm).front()));
  }
  return layers;
}

std::vector<VitFeatures> VitImpl::ForwardCrops(
    const std::vector<CropBatch>& crops, const std::vector<BlockDrops>& drops) {
  TORCH_CHECK(!crops.empty(), "ViT: no crops");
  TORCH_CHECK(drops.empty() || std::ssize(drops) == options_.depth,
              "ViT: drops of ", drops.size(), " blocks, expected ",
              options_.depth);
  Packed packed = Pack(crops);
  for (size_t i = 0; i < blocks_->blocks.size(); ++i) {
    packed.rows = blocks_->blocks[i](packed.rows, packed.groups,
                                     drops.empty() ? nullptr : &drops[i]);
  }
  return Unpack(packed, FinalNorm::kApplied);
}

VitImpl::Packed VitImpl::Pack(const std::vector<CropBatch>& crops) const {
  std::map<Grid, at::Tensor> positions;  // Resized once for each size.
  std::vector<at::Tensor> rows;
  Packed packed;
  for (const CropBatch& batch : crops) {
    const Grid grid = CheckedGrid(batch, options_.patch_size_pixels);
    at::Tensor& resized = positions[grid];
    if (!resized.defined()) {
      resized = ResizePositionEmbedding(pos_embed_, grid.first, grid.second,
                                        options_.interpolation);
    }
    const at::Tensor tokens = AssembleTokens(batch, resized);
    packed.groups.push_back(
        {.sequences = tokens.size(0), .tokens = tokens.size(1)});
    rows.push_back(tokens.flatten(0, 1));
  }
  packed.rows = rows.size() == 1 ? rows[0] : at::cat(rows);
  if (options_.pre_norm) {
    packed.rows =
        LayerNorm(packed.rows, norm_pre_, options_.layer_norm_epsilon);
  }
  return packed;
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

at::Tensor VitImpl::AssembleTokens(const CropBatch& crops,
                                   const at::Tensor& positions) const {
  at::Tensor patches = EmbedPatches(crops.images);
  if (crops.masks.defined()) {
    patches = at::where(crops.masks.unsqueeze(2),
                        mask_token_.to(patches.scalar_type()), patches);
  }
  const int64_t batch = patches.size(0);
  std::vector<at::Tensor> tokens = {
      (cls_token_ + positions.narrow(1, 0, 1)).expand({batch, -1, -1})};
  if (options_.registers > 0) {
    tokens.push_back(register_tokens_.expand({batch, -1, -1}));
  }
  tokens.push_back(patches + positions.narrow(1, 1, patches.size(1)));
  return at::cat(tokens, 1);
}

std::vector<VitFeatures> VitImpl::Unpack(const Packed& packed,
                                         FinalNorm norm) const {
  const at::Tensor rows =
      norm == FinalNorm::kApplied
          ? LayerNorm(packed.rows, norm_, options_.layer_norm_epsilon)
          : packed.rows;
  std::vector<VitFeatures> features;
  int64_t begin = 0;
  for (const RowGroup& group : packed.groups) {
    const int64_t count = group.sequences * group.tokens;
    const at::Tensor tokens =
        rows.narrow(0, begin, count)
            .unflatten(0, {group.sequences, group.tokens});
    begin += count;
    const int64_t first_patch = 1 + options_.registers;
    features.push_back(
        {.cls = tokens.select(1, 0),
         .registers = tokens.narrow(1, 1, options_.registers),
         .patches = tokens.narrow(1, first_patch, group.tokens - first_patch)});
  }
  return features;
}

}  // namespace cxr
