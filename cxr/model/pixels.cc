// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/pixels.h"

#include "ATen/ops/tensor.h"
#include "c10/util/Exception.h"

namespace cxr {

at::Tensor NormalizePixels(const at::Tensor& bytes,
                           const std::array<float, 3>& mean,
                           const std::array<float, 3>& std) {
  TORCH_CHECK(bytes.dim() == 4 && bytes.size(1) == 1 &&
                  bytes.scalar_type() == at::kByte,
              "pixels: expected (n, 1, H, W) uint8, got ", bytes.sizes(), " ",
              bytes.scalar_type());
  const auto channels = [&](const std::array<float, 3>& values) {
    return at::tensor(at::ArrayRef<float>(values))
        .view({3, 1, 1})
        .to(bytes.device());
  };
  return bytes.to(at::kFloat).div_(255).sub(channels(mean)).div_(channels(std));
}

}  // namespace cxr
