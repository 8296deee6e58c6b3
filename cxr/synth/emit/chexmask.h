// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_CHEXMASK_H_
#define CXR_SYNTH_EMIT_CHEXMASK_H_

#include "cxr/synth/emit/source_plan.h"
#include "cxr/synth/truth.pb.h"

namespace cxr::synth {

// CheXmask's tables of lungs and heart in the frontal images of MIMIC-CXR: one
// of masks in the images' own size, one of masks in images padded and scaled to
// 1024 x 1024 pixels. In one row of twenty the mask is wrong, as its estimated
// Dice below 0.7 says. With defects: rows whose two Dice are swapped, without
// the image's size, without an organ. Really there are such tables of four more
// sources (Padchest.csv ...): they are not written.
//
// The truth holds of each row the image's id, path, patient, study and size,
// the landmarks as they were written, and as defect "corrupted mask", "swapped
// RCA", "blank size" or "blank organ".
SourcePlan PlanChexmask(const SynthOptions& options);

// The same of `images`, those that have landmarks.
SourcePlan PlanChexmaskOf(const SourceTruth& images,
                          const SynthOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_CHEXMASK_H_
