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

// The vision transformer of DINOv2 with registers: CXformer's backbone.
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
};

// The two sizes of the paper ("S" and "B" of its model table; constants from
// its vision_transformer.py and configurations): 14-pixel patches, 4 registers,
// positions of 518-pixel images. 22,058,112 and 86,583,552 parameters.
VitOptions VitSmall14();
VitOptions VitBase14();

// Tokens after the final norm.
struct VitFeatures {
  at::Tensor cls;        // (B, C)
  at::Tensor registers;  // (B, R, C)
  at::Tensor patches;    // (B, N, C), row-major over the image
};

// Parameters have the names, shapes and order of Meta's checkpoints; all are
// zero until filled. Images are float32 (B, 3, H, W), normalised as the
// weights expect; H and W are multiples of the patch size, else c10::Error.
class VitImpl : public torch::nn::Module {
 public:
  explicit VitImpl(const VitOptions& options);

  VitFeatures forward(const at::Tensor& images);

  // The outputs of the last `count` blocks, earliest first, each through the
  // final norm. 1 <= count <= depth.
  std::vector<VitFeatures> IntermediateLayers(const at::Tensor& images,
                                              int64_t count);

  const VitOptions& options() const { return options_; }

 private:
  // (B, 3, H, W) -> (B, N, C), before positions.
  at::Tensor EmbedPatches(const at::Tensor& images) const;

  // Patch tokens (B, rows * columns, C) with the class token and positions, the
  // registers put after the class token: (B, 1 + R + N, C).
  at::Tensor AssembleTokens(const at::Tensor& patches, int64_t rows,
                            int64_t columns) const;

  // Final norm, then the split into kinds of tokens; (B, 1 + R + N, C).
  VitFeatures Finish(const at::Tensor& tokens) const;

  VitOptions options_;
  at::Tensor cls_token_;        // (1, 1, C)
  at::Tensor pos_embed_;        // (1, 1 + G * G, C)
  at::Tensor register_tokens_;  // (1, R, C); undefined if R = 0
  at::Tensor mask_token_;       // (1, C); replaces masked patches in training
  WeightAndBias patch_projection_;  // patch_embed.proj, (C, 3, P, P)
  BlockStack blocks_;
  WeightAndBias norm_;
};
TORCH_MODULE(Vit);

}  // namespace cxr

#endif  // CXR_MODEL_VIT_H_
