// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_DEVICES_H_
#define CXR_SYNTH_FILM_LAYOUT_DEVICES_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// Strokes and areas of all devices that the study has, and of no others.
struct Devices {
  std::vector<Stroke> strokes = {};
  std::vector<Area> areas = {};
};

Devices LayOutDevices(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_DEVICES_H_
