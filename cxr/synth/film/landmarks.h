// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LANDMARKS_H_
#define CXR_SYNTH_FILM_LANDMARKS_H_

#include <array>
#include <vector>

#include "absl/types/span.h"
#include "cxr/data/table/rle.h"
#include "cxr/synth/film/outline.h"
#include "cxr/synth/raster/frame.h"

// Outlines of lungs and heart: 120 points in CheXmask's order.

namespace cxr::synth {

inline constexpr int kRightLungPoints = 44;
inline constexpr int kLeftLungPoints = 50;
inline constexpr int kHeartPoints = 26;

// Place of the costophrenic angle in both lungs' outlines.
inline constexpr int kCostophrenicAngle = 21;

// Closed outlines in units. The right lung is on the film's left. Each lung
// starts at its medial apex, goes down the chest wall to the costophrenic
// angle, along the diaphragm to the cardiophrenic angle (near
// 29) and up the mediastinum.
struct Landmarks {
  std::array<Point, kRightLungPoints> right_lung = {};
  std::array<Point, kLeftLungPoints> left_lung = {};
  std::array<Point, kHeartPoints> heart = {};
};

// Of 120 points: right lung, left lung, heart.
Landmarks LandmarksOf(absl::Span<const Point> points);

// Side 0 is the right lung, 1 the left one.
Outline LungOf(const Landmarks& landmarks, int side);
absl::Span<Point> MutableLungOf(int side, Landmarks* landmarks);

// Which way along x is outwards from the midline.
inline constexpr int SignOf(int side) { return side == 0 ? -1 : 1; }

// Parts of a lung's outline, that share their end points.
Outline ChestWall(Outline lung);
Outline Diaphragm(Outline lung);
Outline MedialBorder(Outline lung);

// Of both lungs. `axis` is &Point::x or &Point::y.
Extent LungExtent(const Landmarks& landmarks, double Point::*axis);

// Widest heart over widest thorax (both lungs) of any landmarks.
double CardiothoracicRatio(const Landmarks& landmarks);

// The landmarks of a film in whole pixels, as CheXmask rounds them.
struct PixelLandmarks {
  std::vector<PolygonPoint> right_lung = {};
  std::vector<PolygonPoint> left_lung = {};
  std::vector<PolygonPoint> heart = {};
};
PixelLandmarks InPixels(const Landmarks& landmarks, const Frame& frame);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LANDMARKS_H_
