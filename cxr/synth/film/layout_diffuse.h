// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_DIFFUSE_H_
#define CXR_SYNTH_FILM_LAYOUT_DIFFUSE_H_

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/lung_findings.h"

namespace cxr::synth {

// Adds what changes much of a lung: edema, interstitial disease, fibrosis,
// atelectasis, emphysema.
void AddDiffuse(const Anatomy& anatomy, const FindingView& view,
                LungFindings* findings);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_DIFFUSE_H_
