// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/half_network.h"

#include <cstddef>

#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

DistillationNetwork MakeHalf(const DistillationNetworkOptions& options,
                             c10::Device device, bool gradients) {
  DistillationNetwork network(options);
  network->to(device, at::kHalf);
  for (at::Tensor& parameter : network->parameters()) {
    parameter.set_requires_grad(gradients);
  }
  return network;
}

void CheckBlocks(const ParameterStore& half, const ParameterStore& masters) {
  TORCH_CHECK(half.blocks().size() == masters.blocks().size(),
              "half network: ", masters.blocks().size(),
              " blocks of masters, expected ", half.blocks().size());
}

}  // namespace

bool IsSummedInHalf(const ParameterBlock& block) {
  return block.rule.clip_unit == "backbone";
}

HalfNetwork::HalfNetwork(const DistillationNetworkOptions& options,
                         const PretrainRuleOptions& rules, c10::Device device,
                         bool gradients)
    : network_(MakeHalf(options, device, gradients)),
      store_(TrainedParameters(*network_, rules), gradients) {}

void HalfNetwork::CopyFrom(const ParameterStore& masters) {
  const c10::NoGradGuard no_grad;
  CheckBlocks(store_, masters);
  for (size_t i = 0; i < masters.blocks().size(); ++i) {
    store_.blocks()[i].values.copy_(masters.blocks()[i].values);
  }
}

void HalfNetwork::MoveGradientsTo(ParameterStore& masters,
                                  const SumOverProcesses& sum) {
  const c10::NoGradGuard no_grad;
  CheckBlocks(store_, masters);
  for (size_t i = 0; i < masters.blocks().size(); ++i) {
    ParameterBlock& half = store_.blocks()[i];
    if (sum && IsSummedInHalf(half)) sum(half.gradients);
    masters.blocks()[i].gradients.add_(half.gradients);
  }
  store_.ZeroGradients();
}

}  // namespace cxr
