// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_FINDING_RATES_H_
#define CXR_SYNTH_PATIENT_FINDING_RATES_H_

#include <array>

#include "cxr/synth/patient/finding.h"

// How often each finding is there, and because of what.

namespace cxr::synth {

// What findings follow from: processes of a study, and lying in intensive care.
enum class Cause {
  kNone,
  kHeartFailure,
  kPneumonia,
  kObstructiveDisease,
  kTrauma,
  kTumor,
  kTuberculosis,
  kIntensiveCare,
};

struct CausedRate {
  Cause cause = Cause::kNone;
  double chance = 0.0;
};

enum class Sides { kMiddleOrBoth, kOne, kOneOrBoth };

// The chance of a finding: of the first of its causes that is at work, else the
// background's, plus what age adds: nothing up to 45 years, `aging` at 90.
struct FindingRates {
  Finding finding = Finding::kEnlargedCardiomediastinum;
  bool chronic = false;  // stays over a patient's studies
  Sides sides = Sides::kMiddleOrBoth;
  double background = 0.0;
  std::array<CausedRate, 3> causes = {};
  double aging = 0.0;
};

const FindingRates& RatesOf(Finding finding);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_FINDING_RATES_H_
