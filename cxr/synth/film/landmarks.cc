// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/landmarks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "cxr/base/check.h"
#include "cxr/data/source/chexmask_landmarks.h"

namespace cxr::synth {
namespace {

static_assert(kRightLungPoints + kLeftLungPoints + kHeartPoints ==
              kChexmaskLandmarks);

// Places in the lungs' outlines. Of the left lung less is diaphragm, as the
// heart lies on it.
constexpr int kCardiophrenicAngleRight = 29;
constexpr int kCardiophrenicAngleLeft = 27;

int CardiophrenicAngle(Outline lung) {
  return lung.size() == size_t{kRightLungPoints} ? kCardiophrenicAngleRight
                                                 : kCardiophrenicAngleLeft;
}

std::vector<PolygonPoint> OutlineInPixels(Outline outline, const Frame& frame) {
  std::vector<PolygonPoint> corners;
  for (const Point& point : ToPixels(frame, outline)) {
    // The pixel that holds the point.
    corners.push_back({.x = static_cast<int>(std::floor(point.x)),
                       .y = static_cast<int>(std::floor(point.y))});
  }
  return corners;
}

}  // namespace

Landmarks LandmarksOf(absl::Span<const Point> points) {
  CXR_CHECK(points.size() == kChexmaskLandmarks) << points.size();
  Landmarks landmarks;
  const auto left = points.begin() + kRightLungPoints;
  const auto heart = left + kLeftLungPoints;
  std::copy(points.begin(), left, landmarks.right_lung.begin());
  std::copy(left, heart, landmarks.left_lung.begin());
  std::copy(heart, points.end(), landmarks.heart.begin());
  return landmarks;
}

Outline LungOf(const Landmarks& landmarks, int side) {
  return side == 0 ? Outline(landmarks.right_lung)
                   : Outline(landmarks.left_lung);
}

absl::Span<Point> MutableLungOf(int side, Landmarks* landmarks) {
  return side == 0 ? absl::MakeSpan(landmarks->right_lung)
                   : absl::MakeSpan(landmarks->left_lung);
}

Outline ChestWall(Outline lung) { return lung.first(kCostophrenicAngle + 1); }

Outline Diaphragm(Outline lung) {
  return lung.first(CardiophrenicAngle(lung) + 1).subspan(kCostophrenicAngle);
}

Outline MedialBorder(Outline lung) {
  return lung.subspan(CardiophrenicAngle(lung));
}

Extent LungExtent(const Landmarks& landmarks, double Point::*axis) {
  return Union(ExtentOf(landmarks.right_lung, axis),
               ExtentOf(landmarks.left_lung, axis));
}

double CardiothoracicRatio(const Landmarks& landmarks) {
  return ExtentOf(landmarks.heart, &Point::x).size() /
         LungExtent(landmarks, &Point::x).size();
}

PixelLandmarks InPixels(const Landmarks& landmarks, const Frame& frame) {
  return {.right_lung = OutlineInPixels(landmarks.right_lung, frame),
          .left_lung = OutlineInPixels(landmarks.left_lung, frame),
          .heart = OutlineInPixels(landmarks.heart, frame)};
}

}  // namespace cxr::synth
