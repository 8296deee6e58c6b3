// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_FRONT_MATTER_H_
#define CXR_SYNTH_REPORT_FRONT_MATTER_H_

#include <string>

#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

// What stands before FINDINGS. No word in it is one of the 14 labels'.

namespace cxr::synth {

// What was taken: "CHEST (PORTABLE AP)", "Portable AP view of the chest."
struct Procedure {
  std::string examination = {};
  std::string technique = {};
};
Procedure ProcedureOf(const Study& study, bool has_lateral, RandomKey key);

// "___-year-old woman with fever and cough.": a complaint of one of the
// study's processes, or of none. Its form is always "WHO with COMPLAINT".
std::string IndicationOf(const Patient& patient, const Study& study,
                         RandomKey key);

// "Chest radiograph from ___." with a prior study, else that there is none.
std::string ComparisonOf(bool has_prior, RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_FRONT_MATTER_H_
