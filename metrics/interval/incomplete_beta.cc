// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/incomplete_beta.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostTerms = 100'000;
constexpr int kMostSteps = 100;
// Newton's method squares the error: after a step this small none is left.
constexpr double kLastStep = 1e-10;

// A place between 0 and 1, exact at both ends.
struct Place {
  double x;
  double y;  // 1 - x
  double log_x;
  double log_y;
};

Place Mirrored(const Place& p) { return {p.y, p.x, p.log_y, p.log_x}; }

Place PlaceOf(double x, double y) {
  return {x, y, x < 0.5 ? std::log(x) : std::log1p(-y),
          y < 0.5 ? std::log(y) : std::log1p(-x)};
}

Place PlaceOfLogit(double logit) {
  const double small = std::exp(-std::abs(logit));
  const Place place = {1.0 / (1.0 + small), small / (1.0 + small),
                       -std::log1p(small),
                       -std::abs(logit) - std::log1p(small)};
  return logit >= 0.0 ? place : Mirrored(place);
}

// ln Gamma(z + 1) - (z + 1/2) ln z + z - ln sqrt(2 pi), the error of Stirling's
// formula, without the cancellation that ln Gamma would bring.
double StirlingError(double z) {
  double sum = 0.0;
  for (; z < 10.0; z += 1.0) sum += (z + 0.5) * std::log1p(1.0 / z) - 1.0;
  constexpr double kTerms[] = {1.0 / 12.0,  -1.0 / 360.0,      1.0 / 1260.0,
                               -1.0 / 1680, 1.0 / 1188.0,      -691.0 / 360360,
                               1.0 / 156.0, -3617.0 / 122400.0};
  double power = 1.0 / z;
  for (const double term : kTerms) {
    sum += term * power;
    power /= z * z;
  }
  return sum;
}

// k ln(k / mean) + mean - k (Loader, 2000), where log_ratio is ln(k / mean):
// near the mean by a series, as the terms would cancel.
double Deviance(double k, double mean, double log_ratio) {
  const double ratio = (k - mean) / (k + mean);
  if (std::abs(ratio) >= 0.1) return k * log_ratio + mean - k;
  double sum = (k - mean) * ratio;
  double term = 2.0 * k * ratio;
  for (int j = 3;; j += 2) {
    term *= ratio * ratio;
    const double longer = sum + term / j;
    if (longer == sum) return sum;
    sum = longer;
  }
}

// ln of x^a (1 - x)^b / B(a, b).
double LogPower(double a, double b, const Place& p) {
  const double n = a + b;
  return 0.5 * std::log(a / n * b / (2.0 * std::numbers::pi)) +
         StirlingError(n) - StirlingError(a) - StirlingError(b) -
         Deviance(a, n * p.x, std::log(a / n) - p.log_x) -
         Deviance(b, n * p.y, std::log(b / n) - p.log_y);
}

// P(X <= x) over x^a (1 - x)^b / B(a, b), for x up to about the mean: the
// continued fraction of Didonato and Morris (1992), whose terms do not cancel
// for large a and b, by the method of Lentz.
double LowerOverPower(double a, double b, const Place& p) {
  const double excess = a * p.y - b * p.x + 1.0;
  const auto denominator = [&](double k) {
    const double even = a + 2.0 * k;
    return k + (k == 0.0 ? 0.0 : k * (b - k) * p.x / (even - 1.0)) +
           (a + k) * (excess + k * (1.0 + p.y)) / (even + 1.0);
  };
  double fraction = denominator(0.0);
  double c = fraction;
  double d = 0.0;
  for (int i = 1; i < kMostTerms; ++i) {
    const double k = i;
    const double scaled = p.x / (a + 2.0 * k - 1.0);
    const double numerator =
        (a + k - 1.0) * (a + b + k - 1.0) * k * (b - k) * scaled * scaled;
    const double next = denominator(k);
    d = 1.0 / (next + numerator * d);
    c = next + numerator / c;
    fraction *= c * d;
    if (std::abs(c * d - 1.0) < 1e-16) break;
  }
  return 1.0 / fraction;
}

// ln P(X <= x) and ln P(X > x): the smaller computed, the other from it.
struct LogTails {
  double lower;
  double upper;
};

bool IsBelowMean(double a, double b, const Place& p) {
  return p.x <= (a + 1.0) / (a + b + 2.0);
}

LogTails ComputeTails(double a, double b, const Place& p, double log_power) {
  const bool below = IsBelowMean(a, b, p);
  const double ratio =
      below ? LowerOverPower(a, b, p) : LowerOverPower(b, a, Mirrored(p));
  const double small = log_power + std::log(ratio);
  const double rest = std::log1p(-std::exp(small));
  return below ? LogTails{small, rest} : LogTails{rest, small};
}

}  // namespace

BetaTails IncompleteBeta(double a, double b, double x, double y) {
  if (!(a > 0.0 && b > 0.0 && x >= 0.0 && y >= 0.0 && x <= 1.0 && y <= 1.0)) {
    return {kNan, kNan};
  }
  if (x == 0.0) return {0.0, 1.0};
  if (y == 0.0) return {1.0, 0.0};
  const Place place = PlaceOf(x, y);
  const LogTails tails = ComputeTails(a, b, place, LogPower(a, b, place));
  return {std::exp(tails.lower), std::exp(tails.upper)};
}

// Newton's method on the logarithm of the tail as a function of the logit. It
// is concave, so that from the first step on the tail is too small and every
// step lets it grow towards p.
double BetaLogitQuantile(double a, double b, double p, BetaTail tail) {
  if (!(a > 0.0 && b > 0.0 && p > 0.0 && p < 1.0)) return kNan;
  if (tail == BetaTail::kUpper) {
    return -BetaLogitQuantile(b, a, p, BetaTail::kLower);
  }
  double logit = std::log(a / b);
  for (int i = 0; i < kMostSteps; ++i) {
    const Place place = PlaceOfLogit(logit);
    const double log_power = LogPower(a, b, place);
    const double log_tail = ComputeTails(a, b, place, log_power).lower;
    const double step =
        (std::log(p) - log_tail) * std::exp(log_tail - log_power);
    logit += step;
    if (std::abs(step) <= kLastStep) break;
  }
  return logit;
}

}  // namespace cxr::metrics
