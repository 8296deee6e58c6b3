// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain_rules.h"

#include <cmath>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

// The number after "blocks." in `name`; -1 without one.
int64_t BlockOf(absl::string_view name) {
  constexpr absl::string_view kBlocks = "blocks.";
  const size_t begin = name.find(kBlocks);
  if (begin == absl::string_view::npos) return -1;
  const absl::string_view rest = name.substr(begin + kBlocks.size());
  int64_t block = -1;
  CXR_CHECK(absl::SimpleAtoi(rest.substr(0, rest.find('.')), &block) &&
            block >= 0)
      << name << " names no block";
  return block;
}

// 0 = before all blocks, depth + 1 = after them.
int64_t LayerOf(absl::string_view unit, absl::string_view name, int64_t depth) {
  if (unit != "backbone") return depth + 1;
  for (const absl::string_view part : {"pos_embed", "patch_embed", "mask_token",
                                       "cls_token", "register_tokens"}) {
    if (absl::StrContains(name, part)) return 0;
  }
  const int64_t block = BlockOf(name);
  CXR_CHECK(block < depth) << name << " of a backbone of " << depth
                           << " blocks";
  return block >= 0 ? block + 1 : depth + 1;
}

}  // namespace

TrainingRule RuleOf(absl::string_view unit, absl::string_view name,
                    const PretrainRuleOptions& options) {
  TrainingRule rule = {.clip_unit = std::string(unit)};
  rule.learning_rate_factor =
      std::pow(options.layer_decay,
               static_cast<double>(options.depth + 1 -
                                   LayerOf(unit, name, options.depth)));
  if (absl::StrContains(name, "patch_embed")) {
    rule.learning_rate_factor *= options.patch_embed_multiplier;
  }
  if (absl::EndsWith(name, "bias") || absl::StrContains(name, "norm") ||
      absl::StrContains(name, "gamma")) {
    rule.weight_decay_factor = 0;
  }
  rule.is_prototype = absl::StrContains(name, "last_layer");
  return rule;
}

}  // namespace cxr
