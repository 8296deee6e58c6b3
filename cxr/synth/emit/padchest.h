// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_PADCHEST_H_
#define CXR_SYNTH_EMIT_PADCHEST_H_

#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// PadChest: PNG files of 16 bits in numbered folders and the table of
// 01.02.19, with stemmed Spanish reports. Labels are what the report says; of a
// network that reads it in about 3 of 4 rows, with errors. The truth has no
// images of rows that the reader leaves out, such as those of small children.
//
// Defects, one a patient as long as there are patients: labels that are blank,
// a child, a file cut off, a view UNK, a view COSTAL, an empty list of labels,
// a blank year of birth.
SourcePlan PlanPadchest(const SynthOptions& options);

// What people, studies and films of it are like.
SourceStyle PadchestStyle();

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_PADCHEST_H_
