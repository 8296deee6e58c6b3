// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_NORMAL_H_
#define METRICS_INTERVAL_NORMAL_H_

// The standard normal distribution Z, right to about 1e-12 of the value, tails
// included.
namespace cxr::metrics {

// P(Z <= z) (scipy.special.ndtr).
double NormalCdf(double z);

// P(Z > z), without the loss of 1 - NormalCdf(z).
double NormalSurvival(double z);

// ln P(Z > z), also where the probability is too small for a double
// (scipy.stats.norm.logsf).
double LogNormalSurvival(double z);

// The z with NormalCdf(z) = p (scipy.special.ndtri): minus infinity at 0,
// infinity at 1, NaN if p is outside [0, 1] or NaN.
double NormalQuantile(double p);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_NORMAL_H_
