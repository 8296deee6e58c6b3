// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_NODULES_H_
#define CXR_SYNTH_FILM_LAYOUT_NODULES_H_

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/lung_findings.h"

namespace cxr::synth {

// Adds nodules, masses, cavities, cysts, calcifications, tuberculosis.
void AddNodules(const Anatomy& anatomy, const FindingView& view,
                LungFindings* findings);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_NODULES_H_
