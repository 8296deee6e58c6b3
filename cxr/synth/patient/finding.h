// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_FINDING_H_
#define CXR_SYNTH_PATIENT_FINDING_H_

#include <array>

#include "absl/strings/string_view.h"

// What can be seen on a film, finer than the labels of any source: each source
// joins these to labels of its own.

namespace cxr::synth {

enum class Finding {
  kEnlargedCardiomediastinum,
  kAorticEnlargement,
  kEnlargedPulmonaryArtery,
  kMediastinalShift,
  kCardiomegaly,
  kLungOpacity,
  kInfiltration,
  kConsolidation,
  kPneumonia,
  kNodule,
  kMass,
  kCavity,
  kCyst,
  kCalcification,
  kTuberculosis,
  kEdema,
  kInterstitialDisease,
  kFibrosis,
  kAtelectasis,
  kPleuralEffusion,
  kPleuralThickening,
  kPneumothorax,
  kEmphysema,
  kHernia,
  kRibFracture,
  kClavicleFracture,
  kSupportDevices,
};

inline constexpr int kFindings = 27;

// "PleuralEffusion": as the truth file names it.
absl::string_view FindingName(Finding finding);

inline constexpr Finding FindingAt(int i) { return static_cast<Finding>(i); }

// A value for each finding.
template <typename Value>
struct PerFinding {
  std::array<Value, kFindings> values = {};

  Value& operator[](Finding finding) {
    return values[static_cast<int>(finding)];
  }
  const Value& operator[](Finding finding) const {
    return values[static_cast<int>(finding)];
  }
};

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_FINDING_H_
