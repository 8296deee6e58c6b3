// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_RULES_H_
#define CXR_TRAIN_PRETRAIN_RULES_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "cxr/train/parameter_store.h"

namespace cxr {

struct PretrainRuleOptions {
  int64_t depth = 0;                  // blocks of the backbone
  double layer_decay = 1;             // 1 = none
  double patch_embed_multiplier = 1;  // 0.2
};

// How DINOv2 trains the parameter `name` of unit `unit` ("backbone",
// "dino_head", "ibot_head"): dinov2/utils/param_groups.py,
// get_params_groups_with_decay. Layer i of depth counts layer_decay ^ (depth +
// 1 - i), where tokens, positions and patch embedding are layer 0, block k is
// layer k + 1, all else, heads included, is the top. Names that end with
// "bias", and those with "norm" or "gamma" in them, have no weight decay;
// "patch_embed" has its multiplier; "last_layer" are prototypes.
TrainingRule RuleOf(absl::string_view unit, absl::string_view name,
                    const PretrainRuleOptions& options);

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_RULES_H_
