// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_STUDENT_T_H_
#define METRICS_INTERVAL_STUDENT_T_H_

// Student's t distribution T, right to about 1e-12 of the value, tails
// included. Degrees of freedom are any number above 0; infinity makes it the
// standard normal distribution. NaN if an argument is out of range.
namespace cxr::metrics {

// P(T <= t) (scipy.stats.t.cdf).
double StudentTCdf(double t, double degrees_of_freedom);

// P(T > t), without the loss of 1 - StudentTCdf.
double StudentTSurvival(double t, double degrees_of_freedom);

// The t with StudentTCdf(t) = p (scipy.stats.t.ppf): minus infinity at 0,
// infinity at 1 and where t is too large for a double.
double StudentTQuantile(double p, double degrees_of_freedom);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_STUDENT_T_H_
