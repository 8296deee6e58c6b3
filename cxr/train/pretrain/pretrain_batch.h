// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_PRETRAIN_BATCH_H_
#define CXR_TRAIN_PRETRAIN_PRETRAIN_BATCH_H_

#include <array>
#include <cstdint>
#include <vector>

#include "ATen/core/Tensor.h"
#include "c10/core/Device.h"
#include "cxr/data/image.h"
#include "cxr/model/block.h"
#include "cxr/model/distillation/block_masks.h"

// What a step of a pretraining works on. B images of one process, in groups of
// g (paper section 2.8: what a process of the released code saw at once), V
// local crops an image, N patches of a global crop.
//
// Rows stand by group: row (q 2 + c) g + i is crop c of image i of group q, so
// that the two crops of a group are two runs of g rows; local crops likewise,
// with V in the place of 2.

namespace cxr {

struct PretrainBatch {
  at::Tensor global_crops = {};  // (2B, 3, G, G), normalised
  at::Tensor local_crops = {};   // (V B, 3, L, L); undefined if V = 0
  at::Tensor masks = {};         // (2B, N) bool: patches that the student lacks
  // Row * N + patch of each masked patch, ascending; M of them, of all groups.
  at::Tensor masked_patches = {};  // (M) int64
  at::Tensor mask_weights = {};  // (M): one over the masked patches of its crop
  // First of each group in masked_patches, then M.
  std::vector<int64_t> group_starts = {};
  // What skips the student's branches, of each block (drop_path.h); empty:
  // nothing does.
  std::vector<BlockDrops> drops = {};
  // Place of its first group in the batch of all processes.
  int64_t first_group = 0;
  int64_t images = 0;        // B
  int64_t group_images = 0;  // g
  int64_t local_count = 0;   // V
};

struct BatchFormat {
  int64_t group_images = 0;
  int64_t local_count = 0;
  // Of channels of pixels in [0, 1] (cxr/data/load/normalization.h).
  std::array<float, 3> mean = {};
  std::array<float, 3> std = {};
  // Of crops; mask weights are at least float32.
  at::ScalarType type = at::kFloat;
  at::Device device = at::kCPU;
};

// The batch of `views`, for each image its two global and V local crops, a
// whole number of groups, and of the masks of each group (2g masks: of the
// first crops, then of the second). Pixels travel to the device as bytes of one
// channel.
PretrainBatch MakePretrainBatch(
    const std::vector<std::vector<GrayImage>>& views,
    const std::vector<std::vector<BlockMask>>& group_masks,
    const BatchFormat& format);

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_PRETRAIN_BATCH_H_
