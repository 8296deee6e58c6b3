// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_VIT_H_
#define CXR_MODEL_VIT_H_

#include <cstdint>
#include <vector>

#include "ATen/core/Tensor.h"
#include "cxr/model/block.h"
#include "cxr/model/position_embedding.h"
#include "torch/nn/module.h"
#include "torch/nn/pimpl.h"

// The vision transformer of DINOv2 with registers, CXformer's backbone, and
// with other options those of timm and of OpenAI's CLIP.
//
//   Vit vit(VitSmall14());
//   FillRandomWeights(*vit, {.seed = 7});  // or load a checkpoint
//   torch::NoGradGuard no_grad;
//   const VitFeatures features = vit(images);

namespace cxr {

struct VitOptions {
  int64_t width = 0;  // C; a multiple of `heads`.
  int64_t depth = 0;  // Blocks.
  int64_t heads = 0;
  int64_t mlp_ratio = 4;
  int64_t patch_size_pixels = 14;
  int64_t position_grid = 37;  // G: position embeddings are stored G x G.
  int64_t registers = 4;       // R; 0 for the models without.
  PositionInterpolation interpolation = PositionInterpolation::kAntialiased;
  double layer_norm_epsilon = 1e-6;
  bool layer_scale = true;
  bool pre_norm = false;   // A norm before the first block, "norm_pre".
  bool patch_bias = true;  // Of the patches' projection.
  Activation activation = Activation::kGelu;

  bool operator==(const VitOptions&) const = default;
};

// What the makers of checkpoints do differently (cxr/spec/backbone.proto).
enum class VitLayout {
  kDinov2,      // as VitOptions is by default
  kTimm,        // no LayerScale
  kOpenAiClip,  // no LayerScale and no patch bias, a norm before the first
                // block, quick GELU, epsilon 1e-5 (clip/model.py)
};

// `options` with the fields that `layout` decides: layer_scale, pre_norm,
// patch_bias, activation and layer_norm_epsilon.
VitOptions WithLayout(VitOptions options, VitLayout layout);

// The two sizes of the paper ("S" and "B" of its model table; constants from
// its vision_transformer.py and configurations): 14-pixel patches, 4 registers,
// positions of 518-pixel images. 22,058,112 and 86,583,552 parameters.
VitOptions VitSmall14();
VitOptions VitBase14();

// Tokens at the end of a block.
struct VitFeatures {
  at::Tensor cls;        // (B, C)
  at::Tensor registers;  // (B, R, C)
  at::Tensor patches;    // (B, N, C), row-major over the image
};

// Whether tokens have gone through the final norm.
enum class FinalNorm { kApplied, kLeftOut };

// Crops of one size.
struct CropBatch {
  at::Tensor images;  // (B, 3, H, W)
  // (B, N) bool or undefined: patches that mask_token replaces before positions
  // are added.
  at::Tensor masks;
};

// Parameters have the names, shapes and order of Meta's checkpoints; all are
// zero until filled. Images are (B, 3, H, W) of the parameters' type,
// normalised as the weights expect; H and W are multiples of the patch size,
// else c10::Error.
class VitImpl : public torch::nn::Module {
 public:
  explicit VitImpl(const VitOptions& options);

  VitFeatures forward(const at::Tensor& images);

  // The outputs of the last `count` blocks, earliest first. 1 <= count <=
  // depth.
  std::vector<VitFeatures> IntermediateLayers(
      const at::Tensor& images, int64_t count,
      FinalNorm norm = FinalNorm::kApplied);

  // What forward gives for each of `crops`, which may differ in size, with
  // their masks. All tokens go through the blocks together, as rows; attention
  // alone looks at the sizes one by one. Not empty. `drops`, of each block, say
  // which crops skip what, in a RowGroup for each of `crops`; none if empty.
  std::vector<VitFeatures> ForwardCrops(
      const std::vector<CropBatch>& crops,
      const std::vector<BlockDrops>& drops = {});

  const VitOptions& options() const { return options_; }

 private:
  // (B, 3, H, W) -> (B, N, C), before positions.
  at::Tensor EmbedPatches(const at::Tensor& images) const;

  // Patches and masks of `crops` with the class token and positions (1, 1 + N,
  // C), the registers put after the class token: (B, 1 + R + N, C).
  at::Tensor AssembleTokens(const CropBatch& crops,
                            const at::Tensor& positions) const;

  // Tokens as the first block sees them, rows (T, C) grouped by crops.
  struct Packed {
    at::Tensor rows;
    std::vector<RowGroup> groups;
  };
  Packed Pack(const std::vector<CropBatch>& crops) const;

  // The split of rows into crops and kinds of tokens.
  std::vector<VitFeatures> Unpack(const Packed& packed, FinalNorm norm) const;

  VitOptions options_;
  at::Tensor cls_token_;        // (1, 1, C)
  at::Tensor pos_embed_;        // (1, 1 + G * G, C)
  at::Tensor register_tokens_;  // (1, R, C); undefined if R = 0
  at::Tensor mask_token_;       // (1, C); replaces masked patches in training
  WeightAndBias patch_projection_;  // patch_embed.proj, (C, 3, P, P)
  WeightAndBias norm_pre_;          // Null unless pre_norm.
  BlockStack blocks_;
  WeightAndBias norm_;
};
TORCH_MODULE(Vit);

}  // namespace cxr

#endif  // CXR_MODEL_VIT_H_
