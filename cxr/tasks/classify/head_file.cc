// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/head_file.h"

#include <algorithm>

#include "ATen/ops/cat.h"
#include "ATen/ops/empty.h"
#include "ATen/ops/ones.h"
#include "ATen/ops/zeros.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/npy.h"
#include "cxr/base/status_macros.h"

namespace cxr {

FeatureScaling NoScaling(int64_t features) {
  return {.mean = at::zeros({features}, at::kFloat),
          .inverse_std = at::ones({features}, at::kFloat)};
}

std::string ToHeadFile(const Head& head) {
  const at::Tensor zero = at::zeros({1, 1}, at::kFloat);
  const at::Tensor all =
      at::cat({at::cat({head.probe.weight, head.probe.bias.unsqueeze(1)}, 1),
               at::cat({head.scaling.mean.unsqueeze(0), zero}, 1),
               at::cat({head.scaling.inverse_std.unsqueeze(0), zero}, 1)},
              0)
          .contiguous();
  const float* begin = all.const_data_ptr<float>();
  return ToNpy({.rows = all.size(0),
                .columns = all.size(1),
                .values = {begin, begin + all.numel()}});
}

absl::StatusOr<Head> HeadFromFile(const std::string& bytes,
                                  absl::string_view name, int64_t targets,
                                  int64_t features) {
  CXR_ASSIGN_OR_RETURN(const FloatMatrix matrix,
                       FloatMatrixFromNpy(bytes, name));
  if (matrix.rows != targets + 2 || matrix.columns != features + 1) {
    return absl::DataLossError(
        absl::StrCat(name, ": found ", matrix.rows, " x ", matrix.columns,
                     " numbers, expected ", targets + 2, " x ", features + 1));
  }
  at::Tensor all = at::empty({matrix.rows, matrix.columns}, at::kFloat);
  std::copy(matrix.values.begin(), matrix.values.end(),
            all.mutable_data_ptr<float>());
  const at::Tensor weights = all.slice(0, 0, targets);
  return Head{.scaling = {.mean = all.select(0, targets).slice(0, 0, features),
                          .inverse_std =
                              all.select(0, targets + 1).slice(0, 0, features)},
              .probe = {.weight = weights.slice(1, 0, features).contiguous(),
                        .bias = weights.select(1, features).contiguous()}};
}

}  // namespace cxr
