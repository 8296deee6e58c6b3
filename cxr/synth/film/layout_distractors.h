// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_LAYOUT_DISTRACTORS_H_
#define CXR_SYNTH_FILM_LAYOUT_DISTRACTORS_H_

#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/layout_opacities.h"
#include "cxr/synth/film/shape.h"

namespace cxr::synth {

// What is no finding but looks like one: nipples, folds of skin, shadows along
// the clavicles, old calcified scars. Whether a film shows one does not depend
// on findings.
struct Distractors {
  std::vector<Nodule> rounds = {};
  std::vector<Stroke> strokes = {};
};

Distractors LayOutDistractors(const Anatomy& anatomy, const FindingView& view);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_LAYOUT_DISTRACTORS_H_
