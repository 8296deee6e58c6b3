// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/random/exact_math.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace cxr::synth {
namespace {

constexpr double kLn2High = 0x1.62e42fee00000p-1;  // ln 2, its first 32 bits,
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;  // and the rest
constexpr double kInverseLn2 = 1.4426950408889634;
constexpr double kSqrt2 = 1.4142135623730951;
constexpr double kHalfPiHigh = 0x1.921fb54400000p+0;  // pi / 2 likewise
constexpr double kHalfPiLow = 0x1.0b4611a626331p-34;
constexpr double kTwoOverPi = 0.6366197723675814;

// 2^exponent; -1022 <= exponent <= 1023.
double PowerOfTwo(int exponent) {
  return std::bit_cast<double>(static_cast<uint64_t>(exponent + 1023) << 52);
}

// Taylor series for |x| <= pi / 4, where the next term is below 1e-16.
double SinePolynomial(double x) {
  const double z = x * x;
  double sum = 1.0 / 355687428096000.0;
  sum = sum * z - 1.0 / 1307674368000.0;
  sum = sum * z + 1.0 / 6227020800.0;
  sum = sum * z - 1.0 / 39916800.0;
  sum = sum * z + 1.0 / 362880.0;
  sum = sum * z - 1.0 / 5040.0;
  sum = sum * z + 1.0 / 120.0;
  sum = sum * z - 1.0 / 6.0;
  return x + x * z * sum;
}

double CosinePolynomial(double x) {
  const double z = x * x;
  double sum = 1.0 / 20922789888000.0;
  sum = -sum * z + 1.0 / 87178291200.0;
  sum = -sum * z + 1.0 / 479001600.0;
  sum = -sum * z + 1.0 / 3628800.0;
  sum = -sum * z + 1.0 / 40320.0;
  sum = -sum * z + 1.0 / 720.0;
  sum = -sum * z + 1.0 / 24.0;
  sum = -sum * z + 0.5;
  return 1.0 - z * sum;
}

// Sine of `radians` plus `quarters` right angles.
double SineTurned(double radians, int quarters) {
  const double turns = std::rint(radians * kTwoOverPi);
  const double rest = (radians - turns * kHalfPiHigh) - turns * kHalfPiLow;
  switch ((static_cast<int>(turns) + quarters) & 3) {
    case 0:
      return SinePolynomial(rest);
    case 1:
      return CosinePolynomial(rest);
    case 2:
      return -SinePolynomial(rest);
    default:
      return -CosinePolynomial(rest);
  }
}

}  // namespace

double Exp(double x) {
  const double power = std::rint(x * kInverseLn2);
  const double rest = (x - power * kLn2High) - power * kLn2Low;
  // |rest| <= ln(2) / 2: the fourteenth term is below 1e-17.
  double sum = 1.0;
  for (int i = 13; i >= 1; --i) {
    sum = 1.0 + sum * rest / i;
  }
  // In two steps, because 2^1010 and 2^-1010 are within reach.
  const int half = static_cast<int>(power) / 2;
  return sum * PowerOfTwo(half) * PowerOfTwo(static_cast<int>(power) - half);
}

double Log(double x) {
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  double mantissa =
      std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFu) | 0x3FF0000000000000u);
  if (mantissa > kSqrt2) {
    mantissa *= 0.5;
    ++exponent;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)); the argument is at most 0.172.
  const double t = (mantissa - 1.0) / (mantissa + 1.0);
  const double z = t * t;
  double sum = 0.0;
  for (int i = 21; i >= 3; i -= 2) {
    sum = (sum + 1.0 / i) * z;
  }
  return exponent * kLn2High + (exponent * kLn2Low + 2.0 * (t + t * sum));
}

double Pow(double x, double y) { return x <= 0.0 ? 0.0 : Exp(y * Log(x)); }

double Sin(double radians) { return SineTurned(radians, 0); }

double Cos(double radians) { return SineTurned(radians, 1); }

}  // namespace cxr::synth
