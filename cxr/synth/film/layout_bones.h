// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_BONES_H_
#define CXR_SYNTH_FILM_LAYOUT_BONES_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// Ribs, clavicles, scapulae, arms, spine, breastbone of a frontal film, with
// their fractures.
struct Bones {
  std::vector<Stroke> strokes = {};
  std::vector<Area> areas = {};
  std::vector<Place> places = {};
};

// Drawn at random below Child("bones") of the patient's key; fractures below
// the study's.
Bones LayOutBones(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_BONES_H_
