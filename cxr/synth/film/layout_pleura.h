// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_PLEURA_H_
#define CXR_SYNTH_FILM_LAYOUT_PLEURA_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/shape.h"

// What lies between lung and chest wall: water, air, scars.

namespace cxr::synth {

// Water that takes the place of air below a level which climbs outwards.
struct Effusion {
  int side = 0;
  double midline_x = 0.5;
  double level = 0.7;      // at the mediastinum
  double reach = 0.35;     // from the midline to the chest wall
  double rise = 0.05;      // over the middle of the lung
  double wall_rise = 0.0;  // more along the chest wall
};

// y of the water's surface at x; below it is water.
double SurfaceOf(const Effusion& effusion, double x);

// Air between the chest wall and a lung that has shrunk.
struct Pneumothorax {
  std::vector<Point> outline = {};  // of the air
  Stroke edge = {};                 // of the lung
};

struct Pleura {
  std::vector<Effusion> effusions = {};
  std::vector<Pneumothorax> pneumothoraces = {};
  std::vector<Blob> veils = {};  // of water behind a lying patient's lungs
  std::vector<Stroke> thickenings = {};
  std::vector<Place> places = {};
};

Pleura LayOutPleura(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_PLEURA_H_
