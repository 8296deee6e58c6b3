// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_INTERVAL_BOUNDS_H_
#define METRICS_INTERVAL_INTERVAL_BOUNDS_H_

#include <vector>

#include "absl/types/span.h"

// Intervals from the values that a statistic took on resamples, whatever drew
// them.
//
// Definitions: scipy.stats.bootstrap (scipy 1.14.1); B. Efron and
// R. Tibshirani, An Introduction to the Bootstrap (1993), 13.3 and 14.3.
namespace cxr::metrics {

enum class IntervalKind {
  // The values that leave out (1 - confidence) / 2 at each end.
  kPercentile,
  // The same mirrored at the value of the data as they are.
  kBasic,
  // Percentiles corrected for bias and for skewness. Both bounds are NaN, as in
  // scipy, where the correction is undefined: every resample on one side of
  // the value, or an acceleration that is NaN.
  kBca,
};

struct IntervalInput {
  absl::Span<const double> sorted;  // on resamples, rising, without NaN
  double value = 0.0;               // of the data as they are
  double acceleration = 0.0;        // for kBca only
  double confidence = 0.0;          // in (0, 1)
};

struct Bounds {
  double low = 0.0;
  double high = 0.0;
};

// NaN without values, and for kBasic and kBca if the value is NaN.
Bounds MakeBounds(IntervalKind kind, const IntervalInput& input);

// numpy.percentile(sorted, 100 * fraction): linear interpolation; NaN without
// values. Needs 0 <= fraction <= 1 (else the program ends).
double Percentile(absl::Span<const double> sorted, double fraction);

// numpy.std(values, ddof=1): the standard error, if the values are those of
// resamples. NaN with fewer than two.
double StandardDeviation(absl::Span<const double> values);

// The acceleration of a BCa interval: a sixth of the skewness of the jackknife.
// `left_out` has a list per stratum, of the values without each of its units in
// turn. NaN where no unit changes the value or one leaves it undefined.
double BcaAcceleration(const std::vector<std::vector<double>>& left_out);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_INTERVAL_BOUNDS_H_
