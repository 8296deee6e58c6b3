// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/vit_cost.h"

namespace cxr {
namespace {

constexpr int kChannels = 3;

int64_t PatchInputs(const spec::VitSpec& vit) {
  return int64_t{kChannels} * vit.patch_size_pixels() * vit.patch_size_pixels();
}

int64_t BlockParameters(const spec::VitSpec& vit) {
  const int64_t width = vit.width();
  const int64_t hidden = width * vit.mlp_ratio();
  const int64_t attention = 4 * width * width + 4 * width;
  const int64_t mlp = 2 * width * hidden + hidden + width;
  const int64_t norms = 4 * width;
  const int64_t layer_scale = vit.layout() == spec::DINOV2 ? 2 * width : 0;
  return attention + mlp + norms + layer_scale;
}

// Outside the blocks, in units of the width: class token, positions with that
// of the class token, registers and the final norm; then what a layout adds.
int64_t OtherVectors(const spec::VitSpec& vit) {
  const int64_t grid = vit.position_grid();
  const int64_t common = 1 + (grid * grid + 1) + vit.registers() + 2;
  constexpr int kPatchBias = 1;
  switch (vit.layout()) {
    case spec::DINOV2:
      return common + kPatchBias + 1;  // The token of masked patches.
    case spec::TIMM:
      return common + kPatchBias;
    case spec::OPENAI_CLIP:
      return common + 2;  // A norm before the first block, no patch bias.
    default:
      return common;
  }
}

}  // namespace

int64_t PatchesOf(const spec::VitSpec& vit, int side_pixels) {
  if (vit.patch_size_pixels() <= 0) {
    return 0;
  }
  const int64_t side = side_pixels / vit.patch_size_pixels();
  return side * side;
}

int64_t TokensOf(const spec::VitSpec& vit, int side_pixels, int registers) {
  return PatchesOf(vit, side_pixels) + 1 + registers;
}

Ledger VitForward(const spec::VitSpec& vit, int side_pixels, int registers) {
  const double tokens = TokensOf(vit, side_pixels, registers);
  const double patches = PatchesOf(vit, side_pixels);
  const double width = vit.width();
  const double depth = vit.depth();
  Ledger ledger;
  ledger.Add(kForward, kPatchEmbedding, patches * PatchInputs(vit) * width);
  ledger.Add(kForward, kLinear,
             depth * (4 + 2 * vit.mlp_ratio()) * tokens * width * width);
  ledger.Add(kForward, kAttention, depth * 2 * tokens * tokens * width);
  return ledger;
}

int64_t VitParameters(const spec::VitSpec& vit) {
  return vit.depth() * BlockParameters(vit) +
         (PatchInputs(vit) + OtherVectors(vit)) * vit.width();
}

}  // namespace cxr
