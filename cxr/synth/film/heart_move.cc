// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/heart_move.h"

#include <algorithm>

#include "cxr/synth/film/outline.h"
#include "cxr/synth/film/smooth_step.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/raster/frame.h"

namespace cxr::synth {
namespace {

// In units, at severity 1.
constexpr double kShift = 0.05;
constexpr double kWidening = 0.03;  // each border; the prototype's

// Of the room between heart and chest wall, what growing and shifting leave.
constexpr double kRoomKept = 0.25;
// A lung gives way by this share of its width at most.
constexpr double kMostPush = 0.8;
// How high above the heart lungs feel its size; how far below their apex they
// do not follow the mediastinum in full.
constexpr double kVessels = 0.12;
constexpr double kApex = 0.10;

// Points of the heart's outline where the great vessels leave it.
constexpr int kVesselsBegin = 7;
constexpr int kVesselsEnd = 12;

// Between the heart's farthest point of a side and the chest wall.
double RoomBeside(const Landmarks& landmarks, int side) {
  const int outwards = SignOf(side);
  const auto farthest =
      std::max_element(landmarks.heart.begin(), landmarks.heart.end(),
                       [outwards](const Point& a, const Point& b) {
                         return outwards * a.x < outwards * b.x;
                       });
  const double wall =
      EdgeAt(ChestWall(LungOf(landmarks, side)), farthest->y, outwards);
  return outwards * (wall - farthest->x);
}

// How far the medial border of a lung goes outwards. `border` is its place, x
// counted outwards from the axis.
double PushOf(const HeartMove& move, int side, double apex, Point border) {
  const double beside = SmoothStep(border.y, move.top - kVessels, move.top);
  return beside * (move.factor - 1.0) * std::max(border.x, 0.0) +
         SmoothStep(border.y, apex, apex + kApex) *
             (SignOf(side) * move.shift + (1.0 - beside) * move.widening);
}

// At each height what was farther out stays so, hence the outline does not
// cross itself.
void MoveLung(const HeartMove& move, int side, Landmarks* landmarks) {
  const Landmarks before = *landmarks;
  const Outline lung = LungOf(before, side);
  const double apex = ExtentOf(lung, &Point::y).low;
  const int outwards = SignOf(side);
  const auto out = [&](double x) { return outwards * (x - move.axis); };
  for (Point& point : MutableLungOf(side, landmarks)) {
    const double wall = out(EdgeAt(ChestWall(lung), point.y, outwards));
    // What is under the heart goes as what is beside it.
    const double hinge = std::min(
        out(EdgeAt(MedialBorder(lung), point.y, -outwards)), move.border[side]);
    if (wall <= hinge) continue;
    const double push = PushOf(move, side, apex, {.x = hinge, .y = point.y});
    const double share = (wall - out(point.x)) / (wall - hinge);
    point.x += outwards * share * std::min(push, kMostPush * (wall - hinge));
  }
}

}  // namespace

HeartMove PlanHeart(const Study& study, double ratio,
                    const Landmarks& landmarks) {
  const Extent columns = ExtentOf(landmarks.heart, &Point::x);
  HeartMove move{
      .factor = ratio / CardiothoracicRatio(landmarks),
      .top = ExtentOf(landmarks.heart, &Point::y).low,
      .widening =
          kWidening * study.severity[Finding::kEnlargedCardiomediastinum]};
  for (int i = kVesselsBegin; i < kVesselsEnd; ++i) {
    move.axis += landmarks.heart[i].x / (kVesselsEnd - kVesselsBegin);
  }
  const std::array<double, 2> room = {RoomBeside(landmarks, 0),
                                      RoomBeside(landmarks, 1)};
  const double growth = move.factor - 1.0;
  if (growth > 0.0) {
    const double share = (1.0 - kRoomKept) / growth;
    move.axis = std::min(move.axis, columns.low + share * room[0]);
    move.axis = std::max(move.axis, columns.high - share * room[1]);
  }
  move.border = {move.axis - columns.low, columns.high - move.axis};
  const int direction = study.side[Finding::kMediastinalShift];
  const int side = direction < 0 ? 0 : 1;
  const double left =
      (1.0 - kRoomKept) * room[side] - growth * move.border[side];
  move.shift =
      direction * std::min(kShift * study.severity[Finding::kMediastinalShift],
                           std::max(0.0, left));
  return move;
}

Landmarks WithHeart(const HeartMove& move, const Landmarks& landmarks) {
  Landmarks moved = landmarks;
  for (int side = 0; side < 2; ++side) {
    MoveLung(move, side, &moved);
  }
  for (Point& point : moved.heart) {
    point.x = move.axis + move.factor * (point.x - move.axis) + move.shift;
  }
  return moved;
}

}  // namespace cxr::synth
