// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_CHEXPERT_H_
#define CXR_SYNTH_EMIT_CHEXPERT_H_

#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// CheXpert 1.0: train.csv and valid.csv in CheXpert-v1.0, or, where the scale
// makes films as small as those of the downsampled release, in
// CheXpert-v1.0-small; the test images and their labels in CheXpert, as
// CheXlocalize publishes them. Labels of training images are a labeler's, with
// its errors; others are what is there.
//
// Defects, one each as long as training patients last: an unknown sex, an age
// of 0, and lateral films that the table calls frontal and LL or RL.
SourcePlan PlanChexpert(const SynthOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_CHEXPERT_H_
