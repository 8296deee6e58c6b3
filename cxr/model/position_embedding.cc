// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/position_embedding.h"

#include <cmath>
#include <optional>
#include <vector>

#include "ATen/ops/_upsample_bicubic2d_aa.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/upsample_bicubic2d.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

// DINOv2's interpolate_offset: it keeps floor(G * scale) from rounding down to
// one patch too few.
constexpr double kReleasedOffset = 0.1;

// `grid` (1, C, G, G) -> (1, C, rows, columns).
at::Tensor ResizeGrid(const at::Tensor& grid, int64_t rows, int64_t columns,
                      PositionInterpolation interpolation) {
  const double side = static_cast<double>(grid.size(2));
  switch (interpolation) {
    case PositionInterpolation::kAntialiased:
      return at::_upsample_bicubic2d_aa(grid, at::IntArrayRef({rows, columns}),
                                        /*align_corners=*/false, std::nullopt);
    case PositionInterpolation::kOffsetAsReleased: {
      const std::vector<double> scales = {
          (static_cast<double>(rows) + kReleasedOffset) / side,
          (static_cast<double>(columns) + kReleasedOffset) / side};
      return at::upsample_bicubic2d(grid, std::nullopt,
                                    /*align_corners=*/false, scales);
    }
  }
  TORCH_CHECK(false, "PositionInterpolation: unknown value");
}

}  // namespace

at::Tensor ResizePositionEmbedding(const at::Tensor& pos_embed, int64_t rows,
                                   int64_t columns,
                                   PositionInterpolation interpolation) {
  TORCH_CHECK(pos_embed.dim() == 3 && pos_embed.size(0) == 1,
              "position embedding: expected (1, 1+G*G, C), got ",
              pos_embed.sizes());
  const int64_t positions = pos_embed.size(1) - 1;
  const int64_t side = std::llround(std::sqrt(positions));
  TORCH_CHECK(side >= 1 && side * side == positions,
              "position embedding: expected 1 + G*G entries, got ",
              pos_embed.size(1));
  TORCH_CHECK(rows >= 1 && columns >= 1, "position embedding: cannot make ",
              rows, " x ", columns, " patches");
  if (rows == side && columns == side) return pos_embed;
  const int64_t width = pos_embed.size(2);
  // Of float16 in float32, as the released code does.
  const at::Tensor grid =
      pos_embed.narrow(1, 1, positions)
          .to(pos_embed.scalar_type() == at::kDouble ? at::kDouble : at::kFloat)
          .reshape({1, side, side, width})
          .permute({0, 3, 1, 2});  // (1, C, G, G)
  const at::Tensor resized =
      ResizeGrid(grid, rows, columns, interpolation);  // (1, C, rows, columns)
  TORCH_CHECK(resized.size(2) == rows && resized.size(3) == columns,
              "position embedding: expected ", rows, " x ", columns,
              " patches, made ", resized.sizes());
  return at::cat({pos_embed.narrow(1, 0, 1), resized.permute({0, 2, 3, 1})
                                                 .reshape({1, -1, width})
                                                 .to(pos_embed.scalar_type())},
                 1);
}

}  // namespace cxr
