// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_PATIENT_H_
#define CXR_SYNTH_PATIENT_PATIENT_H_

#include <array>

#include "cxr/data/index/image_index.h"
#include "cxr/synth/random/stream.h"

// Who is on a film: what stays the same over all of a person's films.

namespace cxr::synth {

inline constexpr int kShapeModes = 6;

struct Patient {
  int number = 0;  // in its source, from 0
  RandomKey key = RandomKey(0);
  Sex sex = Sex::kUnknown;
  int age_years = 0;  // 18..90; a few children
  // Weights of the modes of the shape prior (film/shape_prior.h), standard
  // normal, within +-2.5.
  std::array<double, kShapeModes> shape = {};
  double fat = 0.5;                   // 0..1
  double thorax_width = 1.0;          // relative
  double thorax_height = 1.0;         // relative
  double scoliosis = 0.0;             // units
  double rib_tilt = 0.20;             // slope of the ribs
  double cardiothoracic_ratio = 0.0;  // without disease, PA view
};

// Shares of a source's patients.
struct PatientModel {
  double children = 0.0;  // share aged 1 to 17
  int youngest = 18;      // of the others
};

// Patient `number` below `source_key`. Age N(58, 17) clipped to 90, habitus,
// width and height (variation 6 % and 5 %), scoliosis, rib tilt, and a ratio
// of heart to thorax of N(0.455, 0.03) within 0.38..0.52.
Patient MakePatient(const PatientModel& model, RandomKey source_key,
                    int number);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_PATIENT_H_
