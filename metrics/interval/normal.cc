// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/normal.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace cxr::metrics {
namespace {

constexpr int kMostSteps = 60;
// Newton's method squares the error: after a step this small none is left.
constexpr double kLastStep = 1e-9;
// From here on a few terms of the continued fraction are exact.
constexpr double kFarTail = 20.0;
constexpr int kFarTailTerms = 20;
// ln sqrt(2 pi)
constexpr double kLogRoot = 0.91893853320467274178;

double NormalDensity(double z) { return std::exp(-0.5 * z * z - kLogRoot); }

// P(Z > z) over the density, as 1 / (z + 1 / (z + 2 / (z + 3 / ...))).
double MillsRatio(double z) {
  double fraction = z;
  for (int k = kFarTailTerms; k > 0; --k) fraction = z + k / fraction;
  return 1.0 / fraction;
}

// For 0 < p <= 1/4. Newton's method on the logarithm of the distribution, which
// is concave: from a start below the root, and exp(-z^2 / 2) / 2 bounds the
// tail, every step rises towards it.
double TailQuantile(double p) {
  const double log_p = std::log(p);
  double z = -std::sqrt(-2.0 * log_p);
  for (int i = 0; i < kMostSteps; ++i) {
    const double log_cdf = LogNormalSurvival(-z);
    const double step =
        (log_p - log_cdf) * std::exp(log_cdf + 0.5 * z * z + kLogRoot);
    z += step;
    if (std::abs(step) <= kLastStep * std::abs(z)) break;
  }
  return z;
}

// The z > 0 with P(0 < Z <= z) = q, for 0 < q < 1/4: Newton's method on a
// concave function again, from below.
double CentralQuantile(double q) {
  double z = q * std::exp(kLogRoot);
  for (int i = 0; i < kMostSteps; ++i) {
    const double step =
        (q - 0.5 * std::erf(z / std::numbers::sqrt2)) / NormalDensity(z);
    z += step;
    if (std::abs(step) <= kLastStep * z) break;
  }
  return z;
}

}  // namespace

double NormalCdf(double z) { return NormalSurvival(-z); }

double NormalSurvival(double z) {
  return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double LogNormalSurvival(double z) {
  if (z < 0.0) return std::log1p(-NormalSurvival(-z));
  if (z <= kFarTail) return std::log(NormalSurvival(z));
  return std::log(MillsRatio(z)) - 0.5 * z * z - kLogRoot;
}

double NormalQuantile(double p) {
  if (!(p >= 0.0 && p <= 1.0)) return std::numeric_limits<double>::quiet_NaN();
  if (p == 0.0) return -std::numeric_limits<double>::infinity();
  if (p == 1.0) return std::numeric_limits<double>::infinity();
  if (p == 0.5) return 0.0;
  if (p <= 0.25) return TailQuantile(p);
  if (p >= 0.75) return -TailQuantile(1.0 - p);
  return p < 0.5 ? -CentralQuantile(0.5 - p) : CentralQuantile(p - 0.5);
}

}  // namespace cxr::metrics
