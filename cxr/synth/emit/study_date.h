// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_STUDY_DATE_H_
#define CXR_SYNTH_EMIT_STUDY_DATE_H_

#include "cxr/synth/patient/patient.h"

namespace cxr::synth {

// The day of study `number` of a patient as YYYYMMDD, later than those of the
// studies before it. First studies are in the `years` years from `first_year`
// on, each other within ten months of the one before.
int StudyDate(const Patient& patient, int number, int first_year, int years);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_STUDY_DATE_H_
