// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_POSITION_EMBEDDING_H_
#define CXR_MODEL_POSITION_EMBEDDING_H_

#include <cstdint>

#include "ATen/core/Tensor.h"

// Position embeddings are learned on one grid of patches; other image sizes
// use them resized. The authors' code and Meta's differ in how.

namespace cxr {

enum class PositionInterpolation {
  // Bicubic with antialiasing, to the stated size: Meta's setting for its
  // checkpoints with registers (dinov2/hub/backbones.py: antialias true, offset
  // 0) and what Hugging Face transformers does.
  kAntialiased,
  // Bicubic without antialiasing, by the scale factor (n + 0.1) / G instead of
  // a size: DINOv2's defaults (interpolate_antialias false, interpolate_offset
  // 0.1), which CXformer's configurations never change.
  kOffsetAsReleased,
};

// `pos_embed` (1, 1 + G * G, C), class token's first, made to fit `rows` x
// `columns` patches: (1, 1 + rows * columns, C), row-major. It is returned as
// it is when rows = columns = G. c10::Error for other shapes or sizes < 1.
at::Tensor ResizePositionEmbedding(const at::Tensor& pos_embed, int64_t rows,
                                   int64_t columns,
                                   PositionInterpolation interpolation);

}  // namespace cxr

#endif  // CXR_MODEL_POSITION_EMBEDDING_H_
