// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_SMOOTH_STEP_H_
#define CXR_SYNTH_FILM_SMOOTH_STEP_H_

namespace cxr::synth {

// 0 below 0, 1 above 1, smooth in between.
inline double SmoothStep(double t) {
  if (t <= 0.0) return 0.0;
  if (t >= 1.0) return 1.0;
  return t * t * (3.0 - 2.0 * t);
}

// 0 up to `from`, 1 from `to` on.
inline double SmoothStep(double value, double from, double to) {
  return SmoothStep((value - from) / (to - from));
}

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_SMOOTH_STEP_H_
