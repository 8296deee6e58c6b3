// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_BODY_H_
#define CXR_SYNTH_FILM_LAYOUT_BODY_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// Width and depth of the trunk at a height.
struct Girth {
  double half_width = 0.0;
  double depth = 1.0;  // attenuation along the beam, in the middle
};

// An upper arm: a cylinder between two points.
struct Arm {
  Point from = {};
  Point to = {};
  double radius = 0.06;
  double amplitude = 0.6;
};

// The upper border of the abdomen at an x, and over which height it begins.
struct Brim {
  double y = 0.0;
  double softness = 0.01;
};

// Soft tissue around and below the lungs.
struct Body {
  double midline_x = 0.5;
  // Girths at equal distances of kGirthStep downwards from kGirthTop.
  std::vector<Girth> girths = {};
  std::vector<Arm> arms = {};
  std::vector<Blob> soft = {};       // breasts, muscles
  std::vector<Stroke> folds = {};    // of skin
  std::vector<Brim> diaphragm = {};  // at equal distances, as the girths
  std::vector<Blob> gas = {};        // in stomach and bowel
};

// x from kBrimLeft on.
inline constexpr double kBrimLeft = -0.5;
inline constexpr double kBrimStep = 1.0 / 128;
inline constexpr int kBrims = 258;

// How much of the beam at a point goes through the abdomen: 0 above the
// diaphragm, 1 below.
double AbdomenAt(const Body& body, Point point);

inline constexpr double kGirthTop = -0.6;
inline constexpr double kGirthStep = 1.0 / 128;
inline constexpr int kGirths = 282;

Body LayOutBody(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_BODY_H_
