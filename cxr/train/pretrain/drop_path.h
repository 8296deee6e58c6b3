// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_DROP_PATH_H_
#define CXR_TRAIN_PRETRAIN_DROP_PATH_H_

#include <cstdint>
#include <vector>

#include "c10/core/Device.h"
#include "cxr/model/block.h"

namespace cxr {

// Stochastic depth as DINOv2 has it for packed crops (drop_add_residual_
// stochastic_depth_list of dinov2/layers/block.py): of the b crops of one size
// of a group of images, for each branch of each block by itself, a random
// max(1, int(b (1 - drop))) go through the branch, whose result is multiplied
// by b over their number.
struct DropPathOptions {
  double drop = 0;           // in [0, 1)
  int64_t depth = 0;         // blocks
  int64_t group_images = 0;  // g
  int64_t local_count = 0;   // V; with 0 there are no local crops
  uint64_t seed = 0;
};

// Groups of a batch: which of the run's batches, and its groups first ... last
// - 1, counted over all processes. What is drawn for a group depends on nothing
// else, so it is the same on however many processes.
struct GroupRange {
  int64_t batch = 0;
  int64_t first = 0;
  int64_t last = 0;
};

// What skips the branches of each block in the order of rows of a PretrainBatch
// (pretrain_batch.h): of the global crops, then of the local ones. Empty if
// nothing is dropped.
std::vector<BlockDrops> DrawDropPath(const DropPathOptions& options,
                                     const GroupRange& groups,
                                     c10::Device device);

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_DROP_PATH_H_
