// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_ANATOMY_H_
#define CXR_SYNTH_FILM_ANATOMY_H_

#include <array>

#include "cxr/data/index/image_index.h"
#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/raster/frame.h"

// Outlines of lungs and heart on a frontal film, from the shape prior, moved by
// what the patient has (a large heart, a raised or flat diaphragm, a shifted
// mediastinum).

namespace cxr::synth {

// A frontal film's skeleton: the outlines and where other organs hang on them,
// in units. side 0 is the right lung, 1 the left.
struct Anatomy {
  Landmarks landmarks = {};
  double midline_x = 0.5;
  double apex_y = 0.0;                        // of the higher lung
  double half_width = 0.0;                    // of the thorax at its widest
  std::array<double, 2> dome_y = {};          // top of the diaphragm
  std::array<double, 2> costophrenic_y = {};  // lowest point of the lung
  std::array<Point, 2> hilum = {};
  double mediastinum_half_width = 0.0;  // above the heart
  // Widest heart over widest thorax.
  double cardiothoracic_ratio = 0.0;
};

// Of what may be one-sided: 0 on the side, 0 or 1, that does not have it.
double SeverityOn(const Study& study, Finding finding, int side);

// Of a view that is not kLateral. AP adds 0.03 to the ratio and lowers
// inspiration by 0.035. A function of patient, study, view and study.key;
// drawn at random below Child("anatomy").
Anatomy MakeAnatomy(const Patient& patient, const Study& study, View view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_ANATOMY_H_
