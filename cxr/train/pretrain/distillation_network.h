// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_DISTILLATION_NETWORK_H_
#define CXR_TRAIN_PRETRAIN_DISTILLATION_NETWORK_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "cxr/model/distillation/projection_head.h"
#include "cxr/model/vit.h"
#include "cxr/train/parameter_store.h"
#include "cxr/train/pretrain_rules.h"
#include "torch/nn/module.h"
#include "torch/nn/pimpl.h"

namespace cxr {

struct DistillationNetworkOptions {
  VitOptions backbone = {};
  ProjectionHeadOptions dino_head = {};
  // None: the head of DINO serves masked patches too.
  std::optional<ProjectionHeadOptions> ibot_head = {};
};

// What student and teacher both are: a backbone, a head for class tokens and
// one for masked patches. Parameters are called as in the teacher's checkpoints
// of the released code: "backbone.*", "dino_head.*", "ibot_head.*".
class DistillationNetworkImpl : public torch::nn::Module {
 public:
  explicit DistillationNetworkImpl(const DistillationNetworkOptions& options);

  Vit backbone;
  ProjectionHead dino_head;
  ProjectionHead ibot_head;  // dino_head, if that is shared
};
TORCH_MODULE(DistillationNetwork);

// All parameters with their rules, for a ParameterStore.
std::vector<NamedParameter> TrainedParameters(DistillationNetworkImpl& network,
                                              const PretrainRuleOptions& rules);

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_DISTILLATION_NETWORK_H_
