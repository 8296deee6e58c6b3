// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_MIMIC_CXR_H_
#define CXR_SYNTH_EMIT_MIMIC_CXR_H_

#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// MIMIC-CXR-JPG 2.0.0 with the reports of MIMIC-CXR beside it: its four tables
// (metadata, split, chexpert, negbio), the lists of records and studies, the
// reports, R2Gen's annotation.json and LLaVA-Rad's files of instructions. Films
// are equalised, as MIMIC's are. With defects: views that are not said,
// studies without labels, and reports with the oddities of real ones.
SourcePlan PlanMimicCxr(const SynthOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_MIMIC_CXR_H_
