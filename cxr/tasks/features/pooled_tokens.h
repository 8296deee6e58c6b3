// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_FEATURES_POOLED_TOKENS_H_
#define CXR_TASKS_FEATURES_POOLED_TOKENS_H_

#include "ATen/core/Tensor.h"
#include "cxr/spec/features.pb.h"

namespace cxr {

class VitImpl;

// The input of a probe (paper section 4.1): one token of each of the last
// layers, the earliest layer first, then the mean patch of the last one. Images
// (B, 3, H, W) as the backbone takes them; (B, (last_layers + 1) C). With
// gradients if the caller allows them.
//
// The mean leaves out the top-left patch where that stands for the class token,
// so that the quirk changes the token and not the sum of both (paper section
// 4.2, point 2). `spec` is complete.
at::Tensor PooledTokens(VitImpl& backbone, const at::Tensor& images,
                        const spec::PooledTokensSpec& spec);

}  // namespace cxr

#endif  // CXR_TASKS_FEATURES_POOLED_TOKENS_H_
