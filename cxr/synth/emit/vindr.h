// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_VINDR_H_
#define CXR_SYNTH_EMIT_VINDR_H_

#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

SourcePlan PlanVindr(const SynthOptions& options);

// What people, studies and films of it are like.
SourceStyle VindrStyle();

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_VINDR_H_
