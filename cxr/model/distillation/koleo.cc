// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/koleo.h"

#include "ATen/ops/arange.h"
#include "ATen/ops/bmm.h"
#include "ATen/ops/embedding.h"
#include "ATen/ops/linalg_vector_norm.h"
#include "c10/core/GradMode.h"
#include "c10/core/impl/LocalDispatchKeySet.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

constexpr double kShortestLength = 1e-8;

at::Tensor Lengths(const at::Tensor& rows, bool keepdim) {
  return at::linalg_vector_norm(rows, 2, at::IntArrayRef{-1}, keepdim);
}

// For each row of `unit` (n, C) its nearest other in its group: (n) int64.
at::Tensor NearestRows(const at::Tensor& unit, int64_t group_rows) {
  const c10::NoGradGuard no_grad;
  const at::Tensor groups = unit.unflatten(0, {-1, group_rows});
  const at::Tensor dots = at::bmm(groups, groups.transpose(1, 2));
  // Below every dot product of two units, as in the reference nearly (-1).
  dots.diagonal(0, 1, 2).fill_(-2);
  const at::Tensor first_rows = at::arange(0, unit.size(0), group_rows,
                                           unit.options().dtype(at::kLong))
                                    .unsqueeze(1);  // (groups, 1)
  return dots.argmax(-1).add_(first_rows).flatten();
}

}  // namespace

at::Tensor KoleoLoss(const at::Tensor& tokens, int64_t group_rows,
                     double epsilon) {
  const c10::impl::ExcludeDispatchKeyGuard no_autocast(
      c10::autocast_dispatch_keyset);
  TORCH_CHECK(tokens.dim() == 2 && group_rows >= 2 && tokens.size(0) >= 2 &&
                  tokens.size(0) % group_rows == 0,
              "koleo: expected tokens (n, C) in groups of 2 rows or more, got ",
              tokens.sizes(), " in groups of ", group_rows);
  const at::Tensor x =
      tokens.scalar_type() == at::kDouble ? tokens : tokens.to(at::kFloat);
  const at::Tensor unit =
      x.div(Lengths(x, /*keepdim=*/true).clamp_min(kShortestLength));
  // An embedding is the gather whose gradient is summed in a fixed order on
  // every device.
  const at::Tensor nearest = at::embedding(unit, NearestRows(unit, group_rows));
  const at::Tensor distances =
      Lengths(unit.sub(nearest).add(epsilon), /*keepdim=*/false);
  return distances.add(epsilon).log().mean().neg();
}

}  // namespace cxr
