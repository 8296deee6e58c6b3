// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_VESSELS_H_
#define CXR_SYNTH_FILM_LAYOUT_VESSELS_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// The lungs' vessels: trees that branch from both hila, thinner towards the
// chest wall, and the hila themselves. Amplitudes are relative, at most about
// 1. Edema widens them. Trees grow below Child("vessels") of the patient's key.
std::vector<Stroke> LayOutVessels(const Anatomy& anatomy,
                                  const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_VESSELS_H_
