// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_H_
#define CXR_SYNTH_FILM_LAYOUT_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/film_request.h"
#include "cxr/synth/film/layout_body.h"
#include "cxr/synth/film/layout_bones.h"
#include "cxr/synth/film/layout_devices.h"
#include "cxr/synth/film/layout_distractors.h"
#include "cxr/synth/film/layout_mediastinum.h"
#include "cxr/synth/film/layout_opacities.h"
#include "cxr/synth/film/layout_pleura.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// Everything on a frontal film, in units: the same for every size of it.
struct Layout {
  Anatomy anatomy = {};
  Body body = {};
  Bones bones = {};
  Mediastinum mediastinum = {};
  std::vector<Stroke> vessels = {};
  LungFindings lungs = {};
  Pleura pleura = {};
  Devices devices = {};
  Distractors distractors = {};
};

// The parts draw their random numbers under keys of their own, so that a
// finding more moves nothing else. Heart and diaphragm have the study's full
// severities whatever the difficulty is: masks follow them.
Layout MakeLayout(const FilmRequest& request);

// All places of findings in the layout, without what has none: vessels take
// longer than the rest together.
std::vector<Place> PlacesOf(const FilmRequest& request);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_H_
