// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_OPACITIES_H_
#define CXR_SYNTH_FILM_LAYOUT_OPACITIES_H_

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/lung_findings.h"

namespace cxr::synth {

// All that the lungs of a frontal film have: clouds, nodules, what is diffuse.
// Drawn at random below a child of study.key named after the finding.
LungFindings LayOutOpacities(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_OPACITIES_H_
