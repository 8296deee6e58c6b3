// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_RSNA_H_
#define CXR_SYNTH_EMIT_RSNA_H_

#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

SourcePlan PlanRsna(const SynthOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_RSNA_H_
