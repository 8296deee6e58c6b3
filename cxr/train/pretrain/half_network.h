// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_HALF_NETWORK_H_
#define CXR_TRAIN_PRETRAIN_HALF_NETWORK_H_

#include "c10/core/Device.h"
#include "cxr/model/distillation/teacher_targets.h"
#include "cxr/train/parameter_store.h"
#include "cxr/train/pretrain/distillation_network.h"
#include "cxr/train/pretrain_rules.h"

namespace cxr {

// A copy of a network that computes in float16, while the optimiser and the
// moving average work on float32 masters: what the released code has by FSDP
// with float16 parameters (paper section 2.8).
class HalfNetwork {
 public:
  // All zero. With `gradients` it can be trained.
  HalfNetwork(const DistillationNetworkOptions& options,
              const PretrainRuleOptions& rules, c10::Device device,
              bool gradients);

  DistillationNetworkImpl& network() { return *network_; }

  // The masters' values, rounded. They are of a network of the same options.
  void CopyFrom(const ParameterStore& masters);

  // Adds the gradients to the masters' and forgets them. Those of the backbone
  // are first added over processes by `sum`, in float16; those of the heads are
  // still this process' own.
  void MoveGradientsTo(ParameterStore& masters, const SumOverProcesses& sum);

 private:
  DistillationNetwork network_;
  ParameterStore store_;
};

// Whether MoveGradientsTo adds the gradients of `block` over processes.
bool IsSummedInHalf(const ParameterBlock& block);

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_HALF_NETWORK_H_
