// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_HEART_MOVE_H_
#define CXR_SYNTH_FILM_HEART_MOVE_H_

#include <array>

#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/patient/study.h"

// How the heart gets its size, and the mediastinum its place, between lungs
// that make room.

namespace cxr::synth {

struct HeartMove {
  double axis = 0.0;                  // the x that growing leaves alone
  double factor = 1.0;                // times the width
  double shift = 0.0;                 // then, to the right of the film
  std::array<double, 2> border = {};  // of a side, from the axis, before
  double top = 0.0;                   // of the heart
  double widening = 0.0;              // of the mediastinum above it, each side
};

// Makes the cardiothoracic ratio `ratio`, shifts and widens the mediastinum as
// the study's findings ask. The heart grows about the great vessels that it
// hangs on, but to the other side where it would leave the chest.
HeartMove PlanHeart(const Study& study, double ratio,
                    const Landmarks& landmarks);

// The landmarks after the move. The medial border of a lung goes with the heart
// beside it; what is farther out goes less, and the chest wall stays.
Landmarks WithHeart(const HeartMove& move, const Landmarks& landmarks);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_HEART_MOVE_H_
