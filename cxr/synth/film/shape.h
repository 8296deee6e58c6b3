// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_SHAPE_H_
#define CXR_SYNTH_FILM_SHAPE_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"

// What a layout is made of: shapes in units, each with the attenuation that it
// adds. Sides are numbered as the lungs: 0 is the patient's right, on the
// film's left; a sign of -1 or 1 is the direction from the midline.

namespace cxr::synth {

// A line of a width; the softness of its edge is in units, too.
struct Stroke {
  std::vector<Point> points = {};
  double width = 0.01;
  double softness = 0.0025;
  double amplitude = 0.1;
};

// A closed outline, filled.
struct Area {
  std::vector<Point> outline = {};
  double amplitude = 0.1;
};

// An ellipse, thick in the middle.
struct Blob {
  Point center = {};
  double radius_x = 0.01;
  double radius_y = 0.01;
  double amplitude = 0.1;
};

// Where a finding is: points whose bounding rectangle is its box.
struct Place {
  Finding finding = Finding::kNodule;
  std::vector<Point> points = {};
};

// The sides that Study::side names: -1 {0}, 1 {1}, 0 both.
std::vector<int> SidesOf(int study_side);

// x of the lung's outer border at a height; above the apex and below the
// costophrenic angle that of the end.
double OuterX(const Anatomy& anatomy, int side, double y);

// A point of a lung between two heights, at random. The hilum if there is none.
struct HeightRange {
  double top = 0.0;
  double bottom = 1.0;
};
Point PointInLung(const Anatomy& anatomy, int side, HeightRange heights,
                  RandomStream* stream);

// The corners of the rectangle around an ellipse.
std::vector<Point> Corners(Point center, double radius_x, double radius_y);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_SHAPE_H_
