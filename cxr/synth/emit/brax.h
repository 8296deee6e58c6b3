// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_BRAX_H_
#define CXR_SYNTH_EMIT_BRAX_H_

#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// BRAX 1.1: PNG files below images and master_spreadsheet_update.csv, whose
// PngPath has seven characters too many. Labels are a labeler's, with its
// errors; ages are groups of five years, in the truth the youngest of each.
//
// Defects, in the first patients: a sex of O, a view that is not stated, and
// films that are said to be RLD, LLD, RLO and LLO.
SourcePlan PlanBrax(const SynthOptions& options);

// What people, studies and films of it are like.
SourceStyle BraxStyle();

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_BRAX_H_
