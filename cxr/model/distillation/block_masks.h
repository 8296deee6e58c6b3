// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_BLOCK_MASKS_H_
#define CXR_MODEL_DISTILLATION_BLOCK_MASKS_H_

#include <cstdint>
#include <vector>

// iBOT's masks of blocks of patches (paper section 2.4; dinov2/data/masking.py
// and collate.py).

namespace cxr {

struct BlockMaskOptions {
  int grid = 0;  // patches of a side
  double masked_crops_fraction = 0.5;
  double ratio_min = 0.1;
  double ratio_max = 0.5;
  // Of a block; 666 as released, 684 by the ratio. 0, which the released rule
  // makes of coarse grids, masks nothing.
  int limit_patches = 0;
  int min_block_patches = 4;
  double min_aspect = 0.3;
  int tries = 10;
};

// One mask: grid * grid bytes, 1 = masked, row by row.
using BlockMask = std::vector<uint8_t>;

// Masks of the `crops` global crops of one group of images, a function of
// (seed, step, group): floor(crops * masked_crops_fraction) of them get blocks
// until int(patches * ratio) patches are masked or no block fits any more, the
// ratio uniform in its part of [ratio_min, ratio_max] cut evenly; the others
// get none; then all are dealt out at random.
std::vector<BlockMask> DrawBlockMasks(const BlockMaskOptions& options,
                                      int crops, uint64_t seed, int64_t step,
                                      int64_t group);

// The largest number of patches that these masks can hold together: what a
// buffer of masked patches needs.
int64_t MostMaskedPatches(const BlockMaskOptions& options, int crops);

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_BLOCK_MASKS_H_
