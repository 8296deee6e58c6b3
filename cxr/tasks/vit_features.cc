// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/vit_features.h"

#include <algorithm>
#include <utility>

#include "ATen/Parallel.h"
#include "ATen/ops/cat.h"
#include "c10/core/GradMode.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/vit.h"
#include "cxr/tasks/common/backbone_weights.h"
#include "cxr/tasks/common/image_batch.h"
#include "cxr/tasks/common/vit_options.h"

namespace cxr {
namespace {

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

// The token of a layer that goes into a probe; (B, C).
at::Tensor TokenOf(const VitFeatures& layer, spec::ProbeToken token) {
  switch (token) {
    case spec::CLASS_TOKEN:
      return layer.cls;
    case spec::TOP_LEFT_PATCH_AS_RELEASED:
      return layer.patches.select(1, 0);
    default:
      CXR_CHECK(false) << "unresolved spec: token " << token;
      return layer.cls;
  }
}

// The mean patch beside that token; (B, C).
at::Tensor MeanPatch(const VitFeatures& layer, spec::ProbeToken token) {
  const int64_t first = token == spec::TOP_LEFT_PATCH_AS_RELEASED ? 1 : 0;
  return layer.patches.slice(1, first).mean(1);
}

}  // namespace

VitExtractor::VitExtractor(const spec::FeaturesSpec& spec,
                           std::shared_ptr<VitImpl> backbone)
    : spec_(spec.vit()),
      channels_(StatisticsOf(spec.preprocess().normalization())),
      backbone_(std::move(backbone)) {}

absl::StatusOr<VitExtractor> VitExtractor::Create(const StageRequest& request,
                                                  const TaskOptions& options) {
  const spec::FeaturesSpec& features = request.spec.features();
  CXR_ASSIGN_OR_RETURN(Vit backbone, CatchTorch("building the backbone", [&] {
                         return Vit(VitOptionsOf(request.spec.backbone()));
                       }));
  CXR_RETURN_IF_ERROR(
      FillBackbone(features.vit().weights(), request, options, backbone));
  if (features.vit().registers() == spec::DROPPED_AS_RELEASED) {
    CXR_ASSIGN_OR_RETURN(backbone, CatchTorch("leaving out the registers", [&] {
                           return WithoutRegisters(backbone);
                         }));
  }
  return VitExtractor(features, backbone.ptr());
}

absl::StatusOr<std::vector<float>> VitExtractor::Extract(
    const std::vector<GrayImage>& images) const {
  return CatchTorch("computing features", [&] {
    const c10::NoGradGuard no_grad;
    // Threads work on whole batches; one more level would only disturb them,
    // and sums would depend on the number of cores.
    at::set_num_threads(1);
    const std::vector<VitFeatures> layers = backbone_->IntermediateLayers(
        ToImageBatch(images, channels_), spec_.pooled().last_layers(),
        spec_.pooled().norm() == spec::NO_NORM_AS_RELEASED
            ? FinalNorm::kLeftOut
            : FinalNorm::kApplied);
    std::vector<at::Tensor> parts;
    for (const VitFeatures& layer : layers) {
      parts.push_back(TokenOf(layer, spec_.pooled().token()));
    }
    parts.push_back(MeanPatch(layers.back(), spec_.pooled().token()));
    const at::Tensor features = at::cat(parts, 1).contiguous();  // (B, F)
    const float* begin = features.const_data_ptr<float>();
    return std::vector<float>(begin, begin + features.numel());
  });
}

}  // namespace cxr
