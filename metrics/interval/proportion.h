// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_PROPORTION_H_
#define METRICS_INTERVAL_PROPORTION_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "metrics/interval/interval_bounds.h"

// Intervals of a proportion, such as the sensitivity at an operating point:
// `successes` of `trials` independent examples. The threshold must not have
// been chosen on the same examples.
//
//   *WilsonBounds(45, 50, 0.95)          // 90% of 50: 78.6% to 95.7%
//   *ClopperPearsonBounds(45, 50, 0.95)  // never too short: 78.2% to 96.7%
//
// Without a trial both bounds are NaN. InvalidArgument unless
// 0 <= successes <= trials and 0 < confidence < 1.
namespace cxr::metrics {

// Wilson (1927): the proportions that a test of the normal distribution does
// not reject; no correction for continuity
// (scipy.stats.binomtest(...).proportion_ci(method="wilson")). Its mean
// coverage is near `confidence`.
absl::StatusOr<Bounds> WilsonBounds(int64_t successes, int64_t trials,
                                    double confidence);

// Clopper and Pearson (1934): the proportions that two exact binomial tests do
// not reject (statsmodels proportion_confint(method="beta")). It covers at
// least `confidence`.
absl::StatusOr<Bounds> ClopperPearsonBounds(int64_t successes, int64_t trials,
                                            double confidence);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_PROPORTION_H_
