// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/vit_features.h"

#include <utility>

#include "ATen/Parallel.h"
#include "ATen/core/Tensor.h"
#include "c10/core/GradMode.h"
#include "cxr/base/rng.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/vit.h"
#include "cxr/tasks/common/backbone_weights.h"
#include "cxr/tasks/common/image_batch.h"
#include "cxr/tasks/common/vit_options.h"
#include "cxr/tasks/features/pooled_tokens.h"

namespace cxr {
namespace {

// DINOv2's initial value of register tokens: N(0, 1e-6).
constexpr double kUntrainedRegisterStd = 1e-6;

// `full` without its register tokens, which the released configuration for
// CheXpert lacks.
Vit WithoutRegisters(const Vit& full) {
  const c10::NoGradGuard no_grad;
  VitOptions options = full->options();
  options.registers = 0;
  Vit vit(options);
  const auto parameters = full->named_parameters();
  for (const auto& each : vit->named_parameters()) {
    each.value().copy_(parameters[each.key()]);
  }
  return vit;
}

// The released code has no name for the registers in files of transformers, so
// that they keep what a new model has. They are so small that the seed, of
// which its configuration says nothing, is of no account.
void ForgetRegisters(Vit vit) {
  const c10::NoGradGuard no_grad;
  at::Tensor registers = vit->named_parameters()["register_tokens"];
  const CounterRng rng(/*seed=*/0, "untrained_registers");
  float* const values = registers.mutable_data_ptr<float>();
  for (int64_t i = 0; i < registers.numel(); ++i) {
    values[i] = static_cast<float>(kUntrainedRegisterStd *
                                   rng.Normal(static_cast<uint64_t>(i)));
  }
}

// `vit` with its registers as `use` says.
Vit WithRegisters(Vit vit, spec::RegisterUse use) {
  if (use == spec::DROPPED_AS_RELEASED) return WithoutRegisters(vit);
  if (use == spec::UNTRAINED_AS_RELEASED) ForgetRegisters(vit);
  return vit;
}

}  // namespace

VitExtractor::VitExtractor(const spec::FeaturesSpec& spec,
                           std::shared_ptr<VitImpl> backbone,
                           c10::Device device)
    : spec_(spec.vit()),
      channels_(StatisticsOf(spec.preprocess().normalization())),
      backbone_(std::move(backbone)),
      device_(device) {}

absl::StatusOr<VitExtractor> VitExtractor::Create(const StageRequest& request,
                                                  const TaskOptions& options) {
  const spec::FeaturesSpec& features = request.spec.features();
  CXR_ASSIGN_OR_RETURN(const c10::Device device, OpenDevice(options.device));
  CXR_ASSIGN_OR_RETURN(Vit backbone, CatchTorch("building the backbone", [&] {
                         return Vit(VitOptionsOf(request.spec.backbone()));
                       }));
  CXR_RETURN_IF_ERROR(
      FillBackbone(features.vit().weights(), request, options, backbone));
  CXR_RETURN_IF_ERROR(CatchTorch("preparing the backbone", [&] {
    backbone = WithRegisters(backbone, features.vit().registers());
    backbone->to(device);
  }));
  return VitExtractor(features, backbone.ptr(), device);
}

at::Tensor VitExtractor::ToBatch(absl::Span<const GrayImage> images) const {
  return ToImageBatch(images, channels_, device_);
}

at::Tensor VitExtractor::Pool(const at::Tensor& batch) const {
  return PooledTokens(*backbone_, batch, spec_.pooled());
}

absl::StatusOr<std::vector<float>> VitExtractor::Extract(
    absl::Span<const GrayImage> images) const {
  return CatchTorch("computing features", [&] {
    const c10::NoGradGuard no_grad;
    // Threads work on whole batches; one more level would only disturb them,
    // and sums would depend on the number of cores.
    at::set_num_threads(1);
    const at::Tensor features =
        Pool(ToBatch(images)).to(at::kCPU).contiguous();  // (n, F)
    const float* begin = features.const_data_ptr<float>();
    return std::vector<float>(begin, begin + features.numel());
  });
}

}  // namespace cxr
