// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_IU_XRAY_H_
#define CXR_SYNTH_EMIT_IU_XRAY_H_

#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// IU X-Ray in OpenI's form: a document a report, images beside them. Of the two
// other forms (Kaggle's two tables, R2Gen's annotation.json) none is written:
// they name the images otherwise and would need copies of all.
//
// With defects: an image in colours, a report without text.
SourcePlan PlanIuXray(const SynthOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_IU_XRAY_H_
