// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_MEDIASTINUM_H_
#define CXR_SYNTH_FILM_LAYOUT_MEDIASTINUM_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/lung_findings.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// Between the lungs: windpipe, aorta, great vessels, a hernia behind the heart.
struct Mediastinum {
  double heart = 0.0;  // attenuation in its middle

  Area band = {};                    // soft tissue
  std::vector<Stroke> airways = {};  // negative amplitudes
  std::vector<Stroke> vessels = {};
  std::vector<Blob> bulges = {};     // aortic knob, pulmonary artery
  std::vector<Nodule> hernias = {};  // gas and fluid
  std::vector<Place> places = {};    // of the heart, too
};

Mediastinum LayOutMediastinum(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_MEDIASTINUM_H_
