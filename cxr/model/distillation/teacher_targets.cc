// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/teacher_targets.h"

#include <algorithm>
#include <limits>

#include "ATen/ops/_softmax.h"
#include "ATen/ops/full.h"
#include "ATen/ops/logaddexp.h"
#include "ATen/ops/mv.h"
#include "ATen/ops/zeros.h"
#include "ATen/ops/zeros_like.h"
#include "c10/core/GradMode.h"
#include "c10/core/impl/LocalDispatchKeySet.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/logits.h"

namespace cxr {
namespace {

// log(sum(exp(x))) of the columns of `x` (n, K), which is used up.
at::Tensor LogSumExpOfRows(at::Tensor x) {
  const at::Tensor largest = x.amax(0, /*keepdim=*/true);  // (1, K)
  return x.sub_(largest).exp_().sum(0).log_().add_(largest.squeeze(0));
}

// log(sum(exp(x))) over the processes, by sums alone. No largest x is known to
// all, so sums of roots come first: exp(x / 64) overflows for no x within
// +-45000, and the sum gives a bound that lies above the largest x by 64
// logarithms of the number of processes at most, which float64 bridges.
at::Tensor LogSumExpOverProcesses(const at::Tensor& x,
                                  const SumOverProcesses& sum) {
  if (!sum) return x;
  constexpr double kRoot = 64;
  const at::Tensor local = x.to(at::kDouble);
  at::Tensor bound = local.div(kRoot).exp_();
  sum(bound);
  bound.log_().mul_(kRoot);
  at::Tensor total = local.sub(bound).exp_();
  sum(total);
  return total.log_().add_(bound).to(x.scalar_type());
}

}  // namespace

at::Tensor TeacherTargets::Rows(int64_t begin, int64_t end) const {
  const c10::NoGradGuard no_grad;
  TORCH_CHECK(0 <= begin && begin <= end && end <= rows(),
              "teacher targets: rows ", begin, " to ", end, " of ", rows());
  at::Tensor answers = PrototypeLogits(features.slice(0, begin, end),
                                       prototypes, center, temperature);
  return at::_softmax_out(answers, answers, -1, /*half_to_float=*/false);
}

at::Tensor MeanLogits(const at::Tensor& features, const at::Tensor& prototypes,
                      const std::vector<int64_t>& groups) {
  const c10::NoGradGuard no_grad;
  const c10::impl::ExcludeDispatchKeyGuard no_autocast(
      c10::autocast_dispatch_keyset);
  const int64_t m = features.size(0);
  TORCH_CHECK(m >= 1, "mean logits: there are no rows");
  const at::ScalarType type = SumType(features.scalar_type());
  at::Tensor mean;  // (D)
  if (groups.empty()) {
    mean = features.mean(0, /*keepdim=*/false, type);
  } else {
    TORCH_CHECK(groups.front() == 0 && groups.back() == m &&
                    std::is_sorted(groups.begin(), groups.end()),
                "mean logits: groups are not in order from 0 to ", m);
    mean = at::zeros({features.size(1)}, features.options().dtype(type));
    int64_t filled = 0;
    for (size_t i = 1; i < groups.size(); ++i) {
      if (groups[i - 1] == groups[i]) continue;
      mean.add_(features.slice(0, groups[i - 1], groups[i])
                    .mean(0, /*keepdim=*/false, type));
      ++filled;
    }
    mean.div_(filled);
  }
  return at::mv(prototypes.to(type), mean);
}

at::Tensor SinkhornCenter(const at::Tensor& features,
                          const at::Tensor& prototypes, double temperature,
                          int iterations, int64_t chunk_rows,
                          const SumOverProcesses& sum) {
  const c10::NoGradGuard no_grad;
  TORCH_CHECK(iterations >= 1 && chunk_rows >= 1, "sinkhorn: ", iterations,
              " iterations of chunks of ", chunk_rows, " rows");
  const int64_t m = features.size(0);
  const at::ScalarType type = SumType(features.scalar_type());
  const at::TensorOptions options = features.options().dtype(type);
  const auto chunk = [&](int64_t begin) {
    return PrototypeLogits(
        features.slice(0, begin, std::min(begin + chunk_rows, m)), prototypes,
        /*center=*/{}, temperature);
  };
  const at::Tensor kept = m > 0 && m <= chunk_rows ? chunk(0) : at::Tensor();

  // What each prototype is divided by, in the logarithm. At first the sum of
  // its column.
  at::Tensor divisor = at::full(
      {prototypes.size(0)}, -std::numeric_limits<double>::infinity(), options);
  for (int64_t begin = 0; begin < m; begin += chunk_rows) {
    divisor = at::logaddexp(
        divisor, LogSumExpOfRows(kept.defined() ? kept.clone() : chunk(begin)));
  }
  divisor = LogSumExpOverProcesses(divisor, sum);

  // Then the column's sum after rows were divided by theirs. Plain sums do:
  // with M rows in all, a prototype's largest entry was 1 / M or more of its
  // column before its row was divided, by K at most.
  for (int i = 1; i < iterations; ++i) {
    at::Tensor columns = at::zeros_like(divisor);
    for (int64_t begin = 0; begin < m; begin += chunk_rows) {
      at::Tensor answers =
          kept.defined() ? kept.sub(divisor) : chunk(begin).sub_(divisor);
      at::_softmax_out(answers, answers, -1, /*half_to_float=*/false);
      columns.add_(answers.sum(0));
    }
    if (sum) sum(columns);
    divisor.add_(columns.log_());
  }
  return divisor.mul_(temperature);
}

}  // namespace cxr
