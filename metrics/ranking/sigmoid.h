// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_RANKING_SIGMOID_H_
#define METRICS_RANKING_SIGMOID_H_

#include <cmath>
#include <limits>

namespace cxr::metrics {

// e^x in float32 as PyTorch's vectorised CPU kernels compute it: SLEEF's
// expf_u10, a polynomial of degree 5 after reduction by log 2. Constants are
// SLEEF's; each fma is one there too, so the bits agree.
inline float SleefExp(float x) {
  if (std::isnan(x)) return x;
  if (x < -104.0f) return 0.0f;
  if (x > 100.0f) return std::numeric_limits<float>::infinity();
  const float powers_of_two = std::nearbyint(x * 1.44269504088896340736f);
  float r = std::fma(powers_of_two, -0.693145751953125f, x);
  r = std::fma(powers_of_two, -1.428606765330187045e-06f, r);
  float p = 0.000198527617612853646278381f;
  p = std::fma(p, r, 0.00139304355252534151077271f);
  p = std::fma(p, r, 0.00833336077630519866943359f);
  p = std::fma(p, r, 0.0416664853692054748535156f);
  p = std::fma(p, r, 0.166666671633720397949219f);
  p = std::fma(p, r, 0.5f);
  p = 1.0f + std::fma(r * r, p, r);
  return std::ldexp(p, static_cast<int>(powers_of_two));
}

// torch.sigmoid of one float32 logit. Rounding to float32 makes ties (logits
// 18 and 20 both give 1) that change ranking metrics, so whoever compares with
// results computed from torch.sigmoid must rank these values, not the logits.
//
// Equal to PyTorch 2.11 bit for bit on CPUs with AVX2 or AVX-512, but for the
// fewer than 32 last elements of a tensor, which PyTorch may compute with the C
// library's expf: those differ by a few units in the last place at most.
inline float SigmoidFloat32(float logit) {
  return 1.0f / (1.0f + SleefExp(-logit));
}

}  // namespace cxr::metrics

#endif  // METRICS_RANKING_SIGMOID_H_
