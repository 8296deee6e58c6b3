// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_EQUIVALENCE_H_
#define METRICS_INTERVAL_EQUIVALENCE_H_

#include <limits>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/interval_bounds.h"

// Whether a difference is shown to be too small to matter: two one-sided tests
// (Schuirmann, 1987). A large p is no evidence of a difference.
//
//   // Is the reproduced AUROC within 0.01 of the published one?
//   const EquivalenceTest test = *TestEquivalence(
//       {.difference = 0.002, .standard_error = 0.003},
//       {.low = -0.01, .high = 0.01}, /*alpha=*/0.05);
//   if (test.equivalent) ...
namespace cxr::metrics {

struct MeasuredDifference {
  double difference = 0.0;
  double standard_error = 0.0;  // >= 0
  // Of Student's t; infinite for a normal distribution.
  double degrees_of_freedom = std::numeric_limits<double>::infinity();
};

struct EquivalenceMargin {
  double low = 0.0;  // below high; minus infinity for a one-sided margin
  double high = 0.0;
};

struct EquivalenceTest {
  MeasuredDifference measured;
  double p_low = 0.0;   // of the test that the difference is <= margin.low
  double p_high = 0.0;  // of the test that it is >= margin.high
  double p = 0.0;       // the larger of both
  // The interval of confidence 1 - 2 alpha: equivalent if and only if it lies
  // inside the margin.
  Bounds interval;
  bool equivalent = false;  // p < alpha
};

// With a margin that has no high end it is the test of non-inferiority. A
// standard error of 0 makes a p value 0 if the difference is inside that end of
// the margin and else 1. If the measured difference, its error or its degrees
// of freedom are NaN, so are all p values, and `equivalent` is false.
//
// InvalidArgument if the standard error is negative, the degrees of freedom are
// not positive, the margin's low end is not below the high one, or unless
// 0 < alpha < 0.5.
absl::StatusOr<EquivalenceTest> TestEquivalence(
    const MeasuredDifference& measured, const EquivalenceMargin& margin,
    double alpha);

// The same for the mean of first[i] - second[i], by Student's t of n - 1
// degrees of freedom (statsmodels.stats.weightstats.ttost_paired). One pair
// makes all p values NaN. InvalidArgument also if the sizes differ or are 0.
absl::StatusOr<EquivalenceTest> TestPairedEquivalence(
    absl::Span<const double> first, absl::Span<const double> second,
    const EquivalenceMargin& margin, double alpha);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_EQUIVALENCE_H_
