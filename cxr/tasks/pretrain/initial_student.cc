// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/initial_student.h"

#include <utility>

#include "c10/core/GradMode.h"
#include "cxr/base/rng.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/distillation/projection_head.h"
#include "cxr/tasks/common/backbone_weights.h"
#include "cxr/tasks/pretrain/pretrain_options.h"
#include "cxr/train/pretrain/distillation_network.h"

namespace cxr {
namespace {

void FillHeads(uint64_t seed, DistillationNetworkImpl& network) {
  const auto seed_of = [&](absl::string_view head) {
    return CounterRng(seed, head).Bits(0);
  };
  FillProjectionHead(*network.dino_head, seed_of("dino_head"));
  if (network.ibot_head.get() != network.dino_head.get()) {
    FillProjectionHead(*network.ibot_head, seed_of("ibot_head"));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Pretrainer>> MakeInitialPretrainer(
    const StageRequest& request, const TaskOptions& options,
    c10::Device device) {
  const spec::PretrainSpec& spec = request.spec.pretrain();
  const PretrainerOptions made_of = PretrainerOptionsOf(request.spec, device);
  // Filled on the CPU, in float32.
  CXR_ASSIGN_OR_RETURN(DistillationNetwork initial,
                       CatchTorch("building the student", [&] {
                         return DistillationNetwork(made_of.network);
                       }));
  CXR_RETURN_IF_ERROR(FillBackbone(spec.initial_weights(), request, options,
                                   initial->backbone));
  return CatchTorch("building student and teacher", [&] {
    const c10::NoGradGuard no_grad;
    FillHeads(spec.heads_seed(), *initial);
    auto pretrainer = std::make_unique<Pretrainer>(made_of);
    auto parameters = pretrainer->student().named_parameters();
    for (const auto& each : initial->named_parameters()) {
      parameters[each.key()].copy_(each.value());
    }
    pretrainer->CopyToTeacher();
    return pretrainer;
  });
}

}  // namespace cxr
