// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

// The places of the p values that are numbers, by rising p.
absl::StatusOr<std::vector<size_t>> RisingOrder(
    absl::Span<const double> p_values) {
  std::vector<size_t> order;
  for (size_t i = 0; i < p_values.size(); ++i) {
    if (std::isnan(p_values[i])) continue;
    if (!(p_values[i] >= 0.0 && p_values[i] <= 1.0)) {
      return absl::InvalidArgumentError(
          absl::StrCat("p_values[", i, "]: ", p_values[i],
                       ", expected a number in [0, 1] or NaN"));
    }
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return p_values[a] < p_values[b]; });
  return order;
}

}  // namespace

absl::StatusOr<std::vector<double>> AdjustHolm(
    absl::Span<const double> p_values) {
  const absl::StatusOr<std::vector<size_t>> order = RisingOrder(p_values);
  if (!order.ok()) return order.status();
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  double least = 0.0;
  for (size_t k = 0; k < order->size(); ++k) {
    const size_t i = (*order)[k];
    const double untested = static_cast<double>(order->size() - k);
    least = std::max(least, std::min(1.0, untested * p_values[i]));
    adjusted[i] = least;
  }
  return adjusted;
}

absl::StatusOr<std::vector<double>> AdjustBenjaminiHochberg(
    absl::Span<const double> p_values) {
  const absl::StatusOr<std::vector<size_t>> order = RisingOrder(p_values);
  if (!order.ok()) return order.status();
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  const double family = static_cast<double>(order->size());
  double most = 1.0;
  for (size_t k = order->size(); k > 0; --k) {
    const size_t i = (*order)[k - 1];
    most = std::min(most, p_values[i] * family / static_cast<double>(k));
    adjusted[i] = most;
  }
  return adjusted;
}

}  // namespace cxr::metrics
