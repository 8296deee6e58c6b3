// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/distillation_network.h"

#include <string>
#include <utility>

namespace cxr {

DistillationNetworkImpl::DistillationNetworkImpl(
    const DistillationNetworkOptions& options)
    : backbone(register_module("backbone", Vit(options.backbone))),
      dino_head(
          register_module("dino_head", ProjectionHead(options.dino_head))),
      ibot_head(
          options.ibot_head.has_value()
              ? register_module("ibot_head", ProjectionHead(*options.ibot_head))
              : dino_head) {}

std::vector<NamedParameter> TrainedParameters(
    DistillationNetworkImpl& network, const PretrainRuleOptions& rules) {
  std::vector<NamedParameter> parameters;
  for (const auto& unit : network.named_children()) {
    for (const auto& parameter : unit.value()->named_parameters()) {
      parameters.push_back(
          {.name = unit.key() + "." + parameter.key(),
           .tensor = parameter.value(),
           .rule = RuleOf(unit.key(), parameter.key(), rules)});
    }
  }
  return parameters;
}

}  // namespace cxr
