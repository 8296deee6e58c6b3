// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/lung_findings.h"

#include <algorithm>
#include <cmath>

#include "cxr/synth/film/smooth_step.h"

namespace cxr::synth {

double ShareOf(const Opacity& opacity, Point point, double fray) {
  const double x = (point.x - opacity.center.x) / opacity.radius_x;
  const double y = (point.y - opacity.center.y) / opacity.radius_y;
  const double radius = std::sqrt(x * x + y * y);
  if (radius < 1e-9) return 1.0;
  const double c = x / radius;
  const double s = y / radius;
  double cos_n = c * c - s * s;
  double sin_n = 2.0 * c * s;
  double outline = 1.0;
  for (const Point& wave : opacity.waves) {
    outline += wave.x * cos_n + wave.y * sin_n;
    const double next = c * cos_n - s * sin_n;
    sin_n = s * cos_n + c * sin_n;
    cos_n = next;
  }
  return SmoothStep((1.25 - radius / std::max(0.3, outline) - fray) / 0.9);
}

}  // namespace cxr::synth
