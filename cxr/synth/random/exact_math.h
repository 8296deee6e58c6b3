// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RANDOM_EXACT_MATH_H_
#define CXR_SYNTH_RANDOM_EXACT_MATH_H_

// Functions of the mathematical library, of whose last bits each C library has
// its own. These are sums and products alone, so that a pixel is the same on
// every machine. Errors stay below 1e-12 of the value (of 1 for sine and
// cosine) in the ranges stated.

namespace cxr::synth {

double Exp(double x);            // |x| <= 700
double Log(double x);            // x > 0, normal
double Pow(double x, double y);  // x >= 0; 0 for x = 0 and y > 0
double Sin(double radians);      // |radians| <= 1000
double Cos(double radians);      // |radians| <= 1000

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RANDOM_EXACT_MATH_H_
