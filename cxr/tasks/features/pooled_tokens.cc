// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/pooled_tokens.h"

#include <vector>

#include "ATen/ops/cat.h"
#include "cxr/base/check.h"
#include "cxr/model/vit.h"

namespace cxr {
namespace {

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

at::Tensor PooledTokens(VitImpl& backbone, const at::Tensor& images,
                        const spec::PooledTokensSpec& spec) {
  const std::vector<VitFeatures> layers = backbone.IntermediateLayers(
      images, spec.last_layers(),
      spec.norm() == spec::NO_NORM_AS_RELEASED ? FinalNorm::kLeftOut
                                               : FinalNorm::kApplied);
  std::vector<at::Tensor> parts;
  for (const VitFeatures& layer : layers) {
    parts.push_back(TokenOf(layer, spec.token()));
  }
  parts.push_back(MeanPatch(layers.back(), spec.token()));
  return at::cat(parts, 1);
}

}  // namespace cxr
