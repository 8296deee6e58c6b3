// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_LATERAL_H_
#define CXR_SYNTH_FILM_LAYOUT_LATERAL_H_

#include <vector>

#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/lung_findings.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// A chest seen from the side, the breastbone on the film's left.
struct Lateral {
  double front = 0.2;  // x of the breastbone and of the backs of the ribs
  double back = 0.8;
  std::vector<Point> body = {};  // outline
  std::vector<Point> lung = {};  // outline of both
  std::vector<Point> heart = {};
  Area abdomen = {};
  std::vector<Stroke> air = {};    // windpipe
  std::vector<Stroke> bones = {};  // spine, ribs, breastbone
  std::vector<Stroke> vessels = {};
  std::vector<Blob> soft = {};  // arms, hila
  std::vector<Opacity> opacities = {};
  std::vector<Stroke> devices = {};
  double water_y = 2.0;  // surface behind the domes
  double lung_air = 1.0;
};

Lateral LayOutLateral(const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_LATERAL_H_
