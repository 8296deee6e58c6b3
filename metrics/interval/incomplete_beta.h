// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_INCOMPLETE_BETA_H_
#define METRICS_INTERVAL_INCOMPLETE_BETA_H_

// The beta distribution X of a, b > 0, from which follow Student's t, F and the
// binomial distribution. Right to about 1e-12 of the value for a and b up to
// 1e6 and more, tails included.
namespace cxr::metrics {

struct BetaTails {
  double lower = 0.0;  // P(X <= x), the regularised incomplete beta function
  double upper = 0.0;  // P(X > x)
};

// x in [0, 1] and y = 1 - x are both given, so that neither loses digits near
// an end. NaN if an argument is out of range.
BetaTails IncompleteBeta(double a, double b, double x, double y);

enum class BetaTail { kLower, kUpper };

// ln(x / (1 - x)) of the x whose tail has the probability p in (0, 1): exact
// near both ends, x = 1 / (1 + exp(-result)). NaN if an argument is out of
// range.
double BetaLogitQuantile(double a, double b, double p, BetaTail tail);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_INCOMPLETE_BETA_H_
