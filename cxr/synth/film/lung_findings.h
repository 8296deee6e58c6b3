// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LUNG_FINDINGS_H_
#define CXR_SYNTH_FILM_LUNG_FINDINGS_H_

#include <array>
#include <vector>

#include "cxr/synth/film/shape.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"

// What fills, crosses or replaces the air of the lungs.

namespace cxr::synth {

// A cloud with a lobed outline.
struct Opacity {
  Point center = {};
  double radius_x = 0.05;
  double radius_y = 0.05;
  // Cosine and sine parts of the outline's waves, 2, 3 and 4 around it.
  std::array<Point, 3> waves = {};
  double amplitude = 0.1;
  double grain = 0.5;  // share of texture
  double rough = 0.1;  // how far texture frays the edge
};

// How much of its amplitude an opacity has at a point, without texture: 1 in
// the middle, 1/2 at about 0.8 radii. `fray` is added to the distance.
double ShareOf(const Opacity& opacity, Point point, double fray);

// A round thing: a ball, or a shell with a wall.
struct Nodule {
  Point center = {};
  double radius = 0.01;
  double wall = 1.0;  // share of the radius; 1 is solid
  double amplitude = 0.1;
  double fringe = 0.0;  // how far texture frays the edge
};

// A net of lines over a lung, dense towards its base and outer border.
struct Reticulation {
  int side = 0;
  double amplitude = 0.05;
  double top = 0.4;    // begins here,
  double span = 0.25;  // is full so much further down
  double haze = 0.6;   // evenly dense share
};

struct LungFindings {
  std::vector<Opacity> opacities = {};
  std::vector<Stroke> bronchi = {};  // air in them, inside of opacities
  std::vector<Nodule> nodules = {};
  std::vector<Blob> hazes = {};    // with texture
  std::vector<Stroke> lines = {};  // plates, septa
  std::vector<Blob> bullae = {};   // less tissue: negative amplitudes
  std::vector<Reticulation> nets = {};
  RandomKey net_key = RandomKey(0);  // of their noise
  std::vector<Nodule> dots = {};     // calcified: beyond the lungs' air, too
  double air = 1.0;                  // times the usual air
  double vessels = 1.0;              // times the usual vessels
  std::vector<Place> places = {};
};

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LUNG_FINDINGS_H_
