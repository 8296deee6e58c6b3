// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/interval_bounds.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include "metrics/interval/normal.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double Mean(absl::Span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(values.size());
}

// The fraction of the values below `value`, equal ones counted half.
double FractionBelow(absl::Span<const double> sorted, double value) {
  const auto [first, last] =
      std::equal_range(sorted.begin(), sorted.end(), value);
  const auto below = first - sorted.begin();
  const auto through = last - sorted.begin();
  return static_cast<double>(below + through) /
         (2.0 * static_cast<double>(sorted.size()));
}

Bounds PercentileBounds(const IntervalInput& input) {
  const double tail = (1.0 - input.confidence) / 2.0;
  return {.low = Percentile(input.sorted, tail),
          .high = Percentile(input.sorted, 1.0 - tail)};
}

Bounds BasicBounds(const IntervalInput& input) {
  const Bounds bounds = PercentileBounds(input);
  return {.low = 2.0 * input.value - bounds.high,
          .high = 2.0 * input.value - bounds.low};
}

Bounds BcaBounds(const IntervalInput& input) {
  if (input.sorted.empty() || std::isnan(input.value)) {
    return {.low = kNan, .high = kNan};
  }
  const double bias = NormalQuantile(FractionBelow(input.sorted, input.value));
  const double tail = NormalQuantile((1.0 - input.confidence) / 2.0);
  const auto bound = [&](double z) {
    const double shifted = bias + z;
    const double fraction =
        NormalCdf(bias + shifted / (1.0 - input.acceleration * shifted));
    return std::isnan(fraction) ? kNan : Percentile(input.sorted, fraction);
  };
  return {.low = bound(tail), .high = bound(-tail)};
}

}  // namespace

double Percentile(absl::Span<const double> sorted, double fraction) {
  if (sorted.empty()) return kNan;
  Require(fraction >= 0.0 && fraction <= 1.0, "a fraction is in [0, 1]");
  const double position = fraction * static_cast<double>(sorted.size() - 1);
  const size_t below = static_cast<size_t>(position);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = position - static_cast<double>(below);
  return sorted[below] + (sorted[above] - sorted[below]) * weight;
}

double StandardDeviation(absl::Span<const double> values) {
  if (values.size() < 2) return kNan;
  const double mean = Mean(values);
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

Bounds MakeBounds(IntervalKind kind, const IntervalInput& input) {
  switch (kind) {
    case IntervalKind::kPercentile:
      return PercentileBounds(input);
    case IntervalKind::kBasic:
      return BasicBounds(input);
    case IntervalKind::kBca:
      break;
  }
  return BcaBounds(input);
}

double BcaAcceleration(const std::vector<std::vector<double>>& left_out) {
  double cubes = 0.0;
  double squares = 0.0;
  for (const std::vector<double>& values : left_out) {
    // Equal values deviate from their mean by rounding, which must not count.
    const auto [least, most] =
        std::minmax_element(values.begin(), values.end());
    if (values.empty() || *least == *most) continue;
    const auto n = static_cast<double>(values.size());
    const double mean = Mean(values);
    for (const double value : values) {
      const double influence = (n - 1.0) * (mean - value);
      squares += influence * influence / (n * n);
      cubes += influence * influence * influence / (n * n * n);
    }
  }
  return cubes / (6.0 * std::pow(squares, 1.5));
}

}  // namespace cxr::metrics
