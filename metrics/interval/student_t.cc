// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/interval/incomplete_beta.h"
#include "metrics/interval/normal.h"

// With n degrees of freedom, n / (n + T^2) has a beta distribution of n/2, 1/2.

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// P(T > t) for 0 < t < infinity.
double UpperTail(double t, double freedom) {
  const double square = t * t;
  if (std::isinf(square)) return 0.0;
  return 0.5 * IncompleteBeta(freedom / 2.0, 0.5, freedom / (freedom + square),
                              square / (freedom + square))
                   .lower;
}

// The t > 0 with P(T > t) = p, for 0 < p < 1/2. Near the middle the small
// probability is that of being closer to 0.
double UpperQuantile(double p, double freedom) {
  const double logit =
      p <= 0.25
          ? BetaLogitQuantile(freedom / 2.0, 0.5, 2.0 * p, BetaTail::kLower)
          : BetaLogitQuantile(freedom / 2.0, 0.5, 1.0 - 2.0 * p,
                              BetaTail::kUpper);
  return std::sqrt(freedom) * std::exp(-0.5 * logit);
}

}  // namespace

double StudentTCdf(double t, double degrees_of_freedom) {
  return StudentTSurvival(-t, degrees_of_freedom);
}

double StudentTSurvival(double t, double degrees_of_freedom) {
  if (!(degrees_of_freedom > 0.0) || std::isnan(t)) return kNan;
  if (std::isinf(degrees_of_freedom)) return NormalSurvival(t);
  if (t == 0.0) return 0.5;
  const double tail = UpperTail(std::abs(t), degrees_of_freedom);
  return t > 0.0 ? tail : 1.0 - tail;
}

double StudentTQuantile(double p, double degrees_of_freedom) {
  if (!(degrees_of_freedom > 0.0) || !(p >= 0.0 && p <= 1.0)) return kNan;
  if (std::isinf(degrees_of_freedom)) return NormalQuantile(p);
  if (p == 0.5) return 0.0;
  const double tail = std::min(p, 1.0 - p);
  const double t =
      tail == 0.0 ? kInfinity : UpperQuantile(tail, degrees_of_freedom);
  return p < 0.5 ? -t : t;
}

}  // namespace cxr::metrics
